import type { ModelFilter, ModelNode, Registers } from '@annal/projections'
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

type ModelsArguments = PageArguments & Seen & { readonly filter?: FilterInput<ModelFilter> | null }

/** The register of models. */
@Resolver()
export class ModelResolver {
  constructor(
    private readonly registers: Registers,
    private readonly ask: AskRegisters,
  ) {}

  @Query('models')
  async models(@Args() args: ModelsArguments, @Context() context: RequestContext) {
    const page = registerPage(args)
    const filter = filterOf(args.filter)
    const asking = await this.ask.asking(context, args)
    const found = await this.registers.models(asking, filter, page)
    return connectionOf(found, args, {
      nodeOf: (node) => this.whole(asking, node),
      count: () => this.registers.countModels(asking, filter),
    })
  }

  @Query('model')
  async model(@Args() args: Seen & { readonly id: string }, @Context() context: RequestContext) {
    const asking = await this.ask.asking(context, args)
    const model = await this.registers.model(asking, args.id)
    return model === null ? null : this.whole(asking, model)
  }

  /** With what is read only if it is asked for. */
  private whole(asking: Asking, model: ModelNode) {
    return {
      ...model,
      versions: async (args: PageArguments) =>
        connectionOf(await this.registers.versionsOfModel(asking, model.id, registerPage(args)), args),
      deployments: () => this.registers.deploymentsOfModel(asking, model.id),
    }
  }
}
