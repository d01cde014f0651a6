import { approvalInForce, type KnownApproval } from '@annal/domain'
import type { ViewTables } from '../read-model/read-model.ts'
import type { RegisterTables } from './registers-tables.ts'

/** Who asks, of which workspace, and when: nothing of another workspace is ever returned. */
export interface Asking {
  readonly workspace: string
  /** An instant as events carry them. */
  readonly now: string
}

export type Tables = ViewTables<RegisterTables>

/** The approval in force for exactly this thing and version, or null. */
export async function inForceFor(tables: Tables, { workspace, now }: Asking, subject: string): Promise<KnownApproval | null> {
  const row = await tables.query
    .selectFrom('approved')
    .select('state')
    .where('workspace', '=', workspace)
    .where('subject', '=', subject)
    .executeTakeFirst()
  return row ? approvalInForce(JSON.parse(row.state), now) : null
}
