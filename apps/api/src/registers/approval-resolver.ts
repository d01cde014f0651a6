import type { ApprovalFilter, Registers } from '@annal/projections'
import { Args, Context, Query, Resolver } from '@nestjs/graphql'
import type { RequestContext } from '../graphql/guard-root-fields.ts'
import {
  type AskRegisters,
  connectionOf,
  type FilterInput,
  filterOf,
  type PageArguments,
  registerPage,
  type Seen,
  voterOf,
} from './ask-registers.ts'

type ApprovalsArguments = PageArguments & Seen & { readonly filter?: FilterInput<ApprovalFilter> | null }

/** The inbox of approvals. */
@Resolver()
export class ApprovalResolver {
  constructor(
    private readonly registers: Registers,
    private readonly ask: AskRegisters,
  ) {}

  @Query('approvals')
  async approvals(@Args() args: ApprovalsArguments, @Context() context: RequestContext) {
    const page = registerPage(args)
    const filter = filterOf(args.filter)
    const voter = voterOf(context, args)
    const asking = await this.ask.asking(context, args)
    const found = await this.registers.approvals(asking, voter, filter, page)
    return connectionOf(found, args, { count: () => this.registers.countApprovals(asking, voter, filter) })
  }

  @Query('approval')
  async approval(@Args() args: Seen & { readonly id: string }, @Context() context: RequestContext) {
    return this.registers.approval(await this.ask.asking(context, args), voterOf(context, args), args.id)
  }
}
