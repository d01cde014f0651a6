import type { KeyStore } from '@annal/ledger'
import { isSubjectId } from '@annal/proof'
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql'
import type { DecisionDesk } from '../decisions/decision-desk.ts'
import { presentDecision } from '../decisions/present-decision.ts'
import type { RequestContext } from '../graphql/guard-root-fields.ts'
import { TypedError } from '../http/typed-error.ts'
import type { Directory } from '../identity/directory.ts'
import type { TrailReader } from '../trail/trail-reader.ts'
import type { ErasureDesk, RedactionRequest } from './erasure-desk.ts'
import { erasurePage, holdPage, type PageArguments } from './erasure-pages.ts'
import {
  type PlaceLegalHoldInput,
  placeLegalHold,
  type RefuseErasureInput,
  type ReleaseLegalHoldInput,
  refuseErasure,
  releaseLegalHold,
  requestErasure,
} from './erasure-requests.ts'

interface RequestInput {
  readonly id: string
  readonly reference?: string | null
  readonly subject?: string | null
  readonly requestedOn?: string | null
  readonly note?: string | null
}

export interface ErasureResolverOptions {
  readonly desk: ErasureDesk
  readonly decisions: DecisionDesk
  readonly keys: KeyStore
  readonly trail: TrailReader
  readonly directory: Directory
  readonly now: () => string
}

const MOST_COUNTED = 10_000

/** Data subjects, their erasure, and the legal holds that forbid it. */
@Resolver('DataSubject')
export class ErasureResolver {
  constructor(private readonly options: ErasureResolverOptions) {}

  @Query('dataSubject')
  async dataSubject(@Args() args: { reference?: string | null; id?: string | null }, @Context() { caller }: RequestContext) {
    const subject = this.subjectOf(caller.workspace, args.reference ?? null, args.id ?? null)
    if (subject === null) return null
    const record = await this.options.desk.subject(caller.workspace, subject)
    if (record.status === 'NONE' && this.options.keys.subjectKey(caller.workspace, subject) === null) return null
    const erasedAt = record.status === 'ERASED' ? record.decidedAt : null
    return { id: subject, workspace: caller.workspace, status: record.status, erasedAt }
  }

  @ResolveField('events')
  events(@Parent() { id, workspace }: { id: string; workspace: string }) {
    return this.options.trail.count(workspace, { text: id }, MOST_COUNTED)
  }

  @ResolveField('holds')
  holds(@Parent() { id, workspace }: { id: string; workspace: string }) {
    return this.options.desk.holds(workspace, id)
  }

  @ResolveField('packsHeldBy')
  packsHeldBy(@Parent() { id, workspace }: { id: string; workspace: string }) {
    return this.options.desk.holders(workspace, id)
  }

  @Query('erasures')
  erasures(@Args() page: PageArguments, @Context() { caller }: RequestContext) {
    return erasurePage(caller.workspace, page, this.options)
  }

  @Query('legalHolds')
  legalHolds(@Args() page: PageArguments, @Context() { caller }: RequestContext) {
    return holdPage(caller.workspace, page, this.options)
  }

  @Mutation('requestErasure')
  async requestErasure(@Args('input') input: RequestInput, @Context() { caller }: RequestContext) {
    const subject = this.subjectOf(caller.workspace, input.reference ?? null, input.subject ?? null)
    if (subject === null) return refused('SUBJECT_UNKNOWN', 'This workspace has no data subject by that name.', '/reference')
    const zone = this.options.directory.workspace(caller.workspace)?.legalTimeZone ?? 'UTC'
    const requestedOn = input.requestedOn ?? dayIn(zone, this.options.now())
    const request = requestErasure(input.id, subject, { requestedOn, note: input.note ?? null })
    return presentDecision(await this.options.decisions.decide(request, caller))
  }

  @Mutation('refuseErasure')
  async refuseErasure(@Args('input') input: RefuseErasureInput, @Context() { caller }: RequestContext) {
    return presentDecision(await this.options.decisions.decide(refuseErasure(input), caller))
  }

  @Mutation('eraseSubject')
  async eraseSubject(
    @Args('input') input: { id: string; subject: string; ground: string; reason?: string | null },
    @Context() { caller }: RequestContext,
  ) {
    const { desk } = this.options
    const outcome = await desk.erase(caller, { ...input, reason: input.reason ?? null })
    if (outcome.status !== 'recorded') return presentDecision(outcome)
    const record = await desk.subject(caller.workspace, input.subject)
    return { __typename: 'Erasure', ...record, packsHeldBy: () => desk.holders(caller.workspace, input.subject) }
  }

  @Mutation('redactField')
  async redactField(@Args('input') input: RedactionRequest, @Context() { caller }: RequestContext) {
    return presentDecision(await this.options.desk.redact(caller, input))
  }

  @Mutation('placeLegalHold')
  async placeLegalHold(@Args('input') input: PlaceLegalHoldInput, @Context() { caller }: RequestContext) {
    return presentDecision(await this.options.decisions.decide(placeLegalHold(input), caller))
  }

  @Mutation('releaseLegalHold')
  async releaseLegalHold(@Args('input') input: ReleaseLegalHoldInput, @Context() { caller }: RequestContext) {
    const subject = await this.options.desk.subjectOfHold(caller.workspace, input.hold)
    return presentDecision(await this.options.decisions.decide(releaseLegalHold(input, subject), caller))
  }

  /** The reference itself is never logged, and none is minted by asking. */
  private subjectOf(workspace: string, reference: string | null, id: string | null): string | null {
    if ((reference === null) === (id === null)) throw new TypedError('BAD_USER_INPUT', 'Name a data subject by its reference or by its id.')
    if (reference !== null) return this.options.keys.findSubject(workspace, reference)
    return id !== null && isSubjectId(id) ? id : null
  }
}

function refused(reason: string, message: string, path: string) {
  return { __typename: 'DecisionRefused', reason, message, path }
}

function dayIn(timeZone: string, instant: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date(instant))
}
