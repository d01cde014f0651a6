import { Args, Context, Mutation, Resolver } from '@nestjs/graphql'
import type { RequestContext } from '../graphql/guard-root-fields.ts'
import { type ApprovalDecisionInput, decideOnApproval, type RequestApprovalInput, requestApproval } from './approval-requests.ts'
import type { DecisionDesk } from './decision-desk.ts'
import type { DecisionRequest } from './decision-request.ts'
import {
  aboutOneSystem,
  closeIncident,
  type IncidentInput,
  type NotifyAuthorityInput,
  notifyAuthority,
  type ReportIncidentInput,
  reportIncident,
  type TriageIncidentInput,
  triageIncident,
} from './incident-requests.ts'
import { presentDecision } from './present-decision.ts'
import { type ResolveViolationInput, type RetireInput, resolveViolation, retireModel, retireSystem } from './settlement-requests.ts'

/** The decisions of people, each a mutation of its own. */
@Resolver()
export class DecisionResolver {
  constructor(private readonly desk: DecisionDesk) {}

  @Mutation('requestApproval')
  requestApproval(@Args('input') input: RequestApprovalInput, @Context() context: RequestContext) {
    return this.decide(requestApproval(input), context)
  }

  @Mutation('approve')
  approve(@Args('input') input: ApprovalDecisionInput, @Context() context: RequestContext) {
    return this.decide(decideOnApproval('ApprovalGiven', input), context)
  }

  @Mutation('refuse')
  refuse(@Args('input') input: ApprovalDecisionInput, @Context() context: RequestContext) {
    return this.decide(decideOnApproval('ApprovalRefused', input), context)
  }

  @Mutation('withdrawApproval')
  withdrawApproval(@Args('input') input: ApprovalDecisionInput, @Context() context: RequestContext) {
    return this.decide(decideOnApproval('ApprovalWithdrawn', input), context)
  }

  @Mutation('reportIncident')
  reportIncident(@Args('input') input: ReportIncidentInput, @Context() context: RequestContext) {
    return this.decide(reportIncident(input), context)
  }

  @Mutation('triageIncident')
  triageIncident(@Args('input') input: TriageIncidentInput, @Context() context: RequestContext) {
    return this.decide(triageIncident(input), context)
  }

  @Mutation('implicateSystem')
  implicateSystem(@Args('input') input: IncidentInput, @Context() context: RequestContext) {
    return this.decide(aboutOneSystem('SystemImplicated', input), context)
  }

  @Mutation('clearSystem')
  clearSystem(@Args('input') input: IncidentInput, @Context() context: RequestContext) {
    return this.decide(aboutOneSystem('SystemCleared', input), context)
  }

  @Mutation('recordContainment')
  recordContainment(@Args('input') input: IncidentInput, @Context() context: RequestContext) {
    return this.decide(aboutOneSystem('ContainmentDone', input), context)
  }

  @Mutation('recordCorrectiveAction')
  recordCorrectiveAction(@Args('input') input: IncidentInput, @Context() context: RequestContext) {
    return this.decide(aboutOneSystem('CorrectiveActionDone', input), context)
  }

  @Mutation('notifyAuthority')
  notifyAuthority(@Args('input') input: NotifyAuthorityInput, @Context() context: RequestContext) {
    return this.decide(notifyAuthority(input), context)
  }

  @Mutation('closeIncident')
  closeIncident(@Args('input') input: IncidentInput, @Context() context: RequestContext) {
    return this.decide(closeIncident(input), context)
  }

  @Mutation('resolveViolation')
  resolveViolation(@Args('input') input: ResolveViolationInput, @Context() context: RequestContext) {
    return this.decide(resolveViolation(input), context)
  }

  @Mutation('retireSystem')
  retireSystem(@Args('input') input: RetireInput, @Context() context: RequestContext) {
    return this.decide(retireSystem(input), context)
  }

  @Mutation('retireModel')
  retireModel(@Args('input') input: RetireInput, @Context() context: RequestContext) {
    return this.decide(retireModel(input), context)
  }

  private async decide(request: DecisionRequest, { caller }: RequestContext) {
    return presentDecision(await this.desk.decide(request, caller))
  }
}
