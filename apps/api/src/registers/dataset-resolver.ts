import type { DatasetFilter, DatasetNode, Registers } from '@annal/projections'
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

type DatasetsArguments = PageArguments & Seen & { readonly filter?: FilterInput<DatasetFilter> | null }

/** The register of datasets. */
@Resolver()
export class DatasetResolver {
  constructor(
    private readonly registers: Registers,
    private readonly ask: AskRegisters,
  ) {}

  @Query('datasets')
  async datasets(@Args() args: DatasetsArguments, @Context() context: RequestContext) {
    const page = registerPage(args)
    const filter = filterOf(args.filter)
    const asking = await this.ask.asking(context, args)
    const found = await this.registers.datasets(asking, filter, page)
    return connectionOf(found, args, {
      nodeOf: (node) => this.whole(asking, node),
      count: () => this.registers.countDatasets(asking, filter),
    })
  }

  @Query('dataset')
  async dataset(@Args() args: Seen & { readonly id: string }, @Context() context: RequestContext) {
    const asking = await this.ask.asking(context, args)
    const dataset = await this.registers.dataset(asking, args.id)
    return dataset === null ? null : this.whole(asking, dataset)
  }

  /** With what is read only if it is asked for. */
  private whole(asking: Asking, dataset: DatasetNode) {
    return {
      ...dataset,
      versions: async (args: PageArguments) =>
        connectionOf(await this.registers.versionsOfDataset(asking, dataset.id, registerPage(args)), args),
      usedBy: () => this.registers.usersOfDataset(asking, dataset.id),
    }
  }
}
