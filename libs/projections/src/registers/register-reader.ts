import { approvalInForce, type KnownApproval } from '@annal/domain'
import type { Prefix } from '../audit-trail/trail-query.ts'
import type { ViewTables } from '../read-model/read-model.ts'
import type { RegisterTables } from './registers-tables.ts'

/** Of which workspace is asked, and when: nothing of another workspace is ever returned. */
export interface Asking {
  readonly workspace: string
  /** An instant as events carry them. */
  readonly now: string
  /** Asked is what these events say, and no later one; absent: what the registers say now. */
  readonly past?: Prefix
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
