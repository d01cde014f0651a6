import type { IncidentFilter, Registers, ViolationFilter } from '@annal/projections'
import { Args, Context, Info, Query, Resolver } from '@nestjs/graphql'
import type { GraphQLResolveInfo } from 'graphql'
import { fieldsAskedFor } from '../graphql/asks-for.ts'
import type { RequestContext } from '../graphql/guard-root-fields.ts'
import {
  type AskRegisters,
  connectionOf,
  type FilterInput,
  filterOf,
  type PageArguments,
  registerPage,
  type Seen,
} from './ask-registers.ts'

type IncidentsArguments = PageArguments & Seen & { readonly filter?: FilterInput<IncidentFilter> | null }
type ViolationsArguments = PageArguments & Seen & { readonly filter?: FilterInput<ViolationFilter> | null }

/** What went wrong: incidents and violations. */
@Resolver()
export class IncidentResolver {
  constructor(
    private readonly registers: Registers,
    private readonly ask: AskRegisters,
  ) {}

  @Query('incidents')
  async incidents(@Args() args: IncidentsArguments, @Context() context: RequestContext, @Info() info: GraphQLResolveInfo) {
    const page = registerPage(args)
    const filter = filterOf(args.filter)
    const asking = await this.ask.asking(context, args)
    const asked = fieldsAskedFor(info, 'edges', 'node')
    const wanted = {
      actions: fieldsAskedFor(info, 'edges', 'node', 'systems').has('actions'),
      closing: asked.has('rootCause') || asked.has('lessons'),
    }
    const found = await this.registers.incidents(asking, filter, { ...page, wanted })
    return connectionOf(found, args, { count: () => this.registers.countIncidents(asking, filter) })
  }

  @Query('incident')
  async incident(@Args() args: Seen & { readonly id: string }, @Context() context: RequestContext) {
    return this.registers.incident(await this.ask.asking(context, args), args.id)
  }

  @Query('violations')
  async violations(@Args() args: ViolationsArguments, @Context() context: RequestContext) {
    const page = registerPage(args)
    const filter = filterOf(args.filter)
    const asking = await this.ask.asking(context, args)
    const found = await this.registers.violations(asking, filter, page)
    return connectionOf(found, args, { count: () => this.registers.countViolations(asking, filter) })
  }
}
