import type { Registers, SystemFilter, SystemNode, SystemSort } from '@annal/projections'
import { Args, Context, Query, Resolver } from '@nestjs/graphql'
import type { RequestContext } from '../graphql/guard-root-fields.ts'
import {
  type Asking,
  type AskRegisters,
  connectionOf,
  type FilterInput,
  filterOf,
  type PageArguments,
  registerPage,
  type Seen,
} from './ask-registers.ts'

type SystemsArguments = PageArguments & Seen & { readonly filter?: FilterInput<SystemFilter> | null; readonly sort?: SystemSort | null }

/** The register of systems. */
@Resolver()
export class SystemResolver {
  constructor(
    private readonly registers: Registers,
    private readonly ask: AskRegisters,
  ) {}

  @Query('systems')
  async systems(@Args() args: SystemsArguments, @Context() context: RequestContext) {
    const page = { ...registerPage(args), sort: args.sort ?? 'NAME' }
    const filter = filterOf(args.filter)
    const asking = await this.ask.asking(context, args)
    const found = await this.registers.systems(asking, filter, page)
    return connectionOf(found, args, {
      nodeOf: (node) => this.whole(asking, node),
      count: () => this.registers.countSystems(asking, filter),
    })
  }

  @Query('system')
  async system(@Args() args: Seen & { readonly id: string }, @Context() context: RequestContext) {
    const asking = await this.ask.asking(context, args)
    const system = await this.registers.system(asking, args.id)
    return system === null ? null : this.whole(asking, system)
  }

  /** With what is read only if it is asked for. */
  private whole(asking: Asking, system: SystemNode) {
    return {
      ...system,
      models: () => this.registers.modelsOfSystem(asking, system.id),
      dependencies: () => this.registers.dependenciesOfSystem(asking, system.id),
      documents: () => this.registers.documentsOfSystem(asking, system.id),
    }
  }
}
