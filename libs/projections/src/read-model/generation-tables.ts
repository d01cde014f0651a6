import { type KyselyPlugin, OperationNodeTransformer, type QueryResult, type RootOperationNode, TableNode, type UnknownRow } from 'kysely'
import type { ViewDefinition } from './read-model.ts'

/** The name under which a view's table stands in the database. */
export function tableOfGeneration(view: string, table: string, generation: number): string {
  return `${view}_${table}_${generation}`
}

/** Lets queries name a view's tables as the view does. */
export class GenerationTables implements KyselyPlugin {
  readonly #naming: Naming

  constructor(view: ViewDefinition, generation: number) {
    const names = view.tables.map(({ name }) => [name, TableNode.create(tableOfGeneration(view.name, name, generation))] as const)
    this.#naming = new Naming(new Map(names))
  }

  transformQuery({ node }: { node: RootOperationNode }): RootOperationNode {
    return this.#naming.transformNode(node)
  }

  async transformResult({ result }: { result: QueryResult<UnknownRow> }): Promise<QueryResult<UnknownRow>> {
    return result
  }
}

class Naming extends OperationNodeTransformer {
  readonly #names: ReadonlyMap<string, TableNode>

  constructor(names: ReadonlyMap<string, TableNode>) {
    super()
    this.#names = names
  }

  protected override transformTable(node: TableNode): TableNode {
    return this.#names.get(node.table.identifier.name) ?? node
  }
}
