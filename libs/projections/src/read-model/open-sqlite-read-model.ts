import { Kysely, SqliteDialect } from 'kysely'
import { GenerationTables, tableOfGeneration } from './generation-tables.ts'
import type { ReadModel, RegistryTables, Session, ViewDefinition, ViewTables } from './read-model.ts'
import { SqliteConnection, type SqliteFile } from './sqlite-connection.ts'
import { SqliteViewTables, sqliteDefinition, sqliteRemoval } from './sqlite-tables.ts'

export interface SqliteReadModelOptions {
  readonly file: string
  readonly mode: SqliteFile['mode']
  /** Default: 16 MiB. */
  readonly cacheKib?: number
}

const REGISTRY = `CREATE TABLE IF NOT EXISTS view (name TEXT, generation INTEGER, version INTEGER, status TEXT, position TEXT,
  event TEXT, PRIMARY KEY (name, generation)) WITHOUT ROWID`

/**
 * A read model in one SQLite file. A file is made in the modes `write` and `make` only.
 * @throws ReadModelUnavailable when the file can't be opened.
 */
export function openSqliteReadModel({ file, mode, cacheKib = 8_192 }: SqliteReadModelOptions): ReadModel {
  const connection = new SqliteConnection({ file, mode, cacheKib })
  if (mode !== 'read') prepareRegistry(connection)
  const registry = new Kysely<RegistryTables>({ dialect: new SqliteDialect({ database: connection }) })
  return {
    transaction: (work) => registry.transaction().execute((within) => work(new SqliteSession(within, connection))),
    forget: async () => connection.truncateLog(),
    close: async () => {
      await registry.destroy()
      connection.close()
    },
  }
}

/** A file of an older release doesn't say which event a view has applied last. */
function prepareRegistry(connection: SqliteConnection): void {
  connection.execute(REGISTRY)
  const columns = connection.rows("SELECT name FROM pragma_table_info('view')", [])
  if (!columns.some(([name]) => name === 'event')) connection.execute('ALTER TABLE view ADD COLUMN event TEXT')
}

class SqliteSession implements Session {
  readonly registry: Kysely<RegistryTables>
  readonly #connection: SqliteConnection

  constructor(registry: Kysely<RegistryTables>, connection: SqliteConnection) {
    this.registry = registry
    this.#connection = connection
  }

  /** The same connection, hence the same transaction. */
  tables<Tables>(view: ViewDefinition, generation: number): ViewTables<Tables> {
    const dialect = new SqliteDialect({ database: this.#connection })
    const query = new Kysely<Tables>({ dialect, plugins: [new GenerationTables(view, generation)] })
    return new SqliteViewTables(query, this.#connection, (table) => tableOfGeneration(view.name, table, generation))
  }

  async create({ name, tables }: ViewDefinition, generation: number): Promise<void> {
    for (const table of tables) this.#connection.execute(sqliteDefinition(tableOfGeneration(name, table.name, generation), table))
  }

  async drop({ name, tables, sealed = false }: ViewDefinition, generation: number): Promise<void> {
    const removal = tables.map((table) => sqliteRemoval(tableOfGeneration(name, table.name, generation), table)).join(';')
    if (sealed) this.#connection.executeWithoutOverwriting(removal)
    else this.#connection.execute(removal)
  }
}
