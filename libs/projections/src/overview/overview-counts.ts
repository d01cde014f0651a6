import type { Voter } from '../approvals/approval-status.ts'
import type { Asking, Tables } from '../registers/register-reader.ts'

export interface OverviewCounts {
  readonly systems: number
  readonly openIncidents: number
  readonly overdueIncidents: number
  readonly openViolations: number
  readonly pendingApprovals: number
  readonly pendingForMe: number
  readonly lapsedApprovals: number
  readonly driftAlerts: number
  readonly expiringEvidence: number
}

/** `soon`: the last date that counts as soon. */
export async function overviewCounts(
  tables: Tables,
  { workspace, now }: Asking,
  { voter, soon }: { readonly voter: Voter; readonly soon: string },
): Promise<OverviewCounts> {
  const at = Date.parse(now)
  const person = JSON.stringify(voter.id)
  const named = tables.contains('approvers', person)
  const involved = [tables.contains('requesters', person), tables.contains('given', person)]
  const row = await tables.query
    .selectNoFrom(({ selectFrom, or }) => [
      selectFrom('system')
        .select(({ fn }) => fn.countAll().as('n'))
        .where('workspace', '=', workspace)
        .where('registered', 'is not', null)
        .where('retired', 'is', null)
        .as('systems'),
      selectFrom('incident')
        .select(({ fn }) => fn.countAll().as('n'))
        .where('workspace', '=', workspace)
        .where('closed', 'is', null)
        .as('openIncidents'),
      selectFrom('incident')
        .select(({ fn }) => fn.countAll().as('n'))
        .where('workspace', '=', workspace)
        .where('due', '<=', at)
        .as('overdueIncidents'),
      selectFrom('violation')
        .select(({ fn }) => fn.countAll().as('n'))
        .where('workspace', '=', workspace)
        .where('resolved', 'is', null)
        .as('openViolations'),
      selectFrom('approval')
        .select(({ fn }) => fn.countAll().as('n'))
        .where('workspace', '=', workspace)
        .where('status', '=', 'PENDING')
        .where('expires', '>', at)
        .as('pendingApprovals'),
      selectFrom('approval')
        .select(({ fn }) => fn.countAll().as('n'))
        .where('workspace', '=', workspace)
        .where('status', '=', 'PENDING')
        .where('expires', '>', at)
        .where(named)
        .where(({ lit }) => lit(voter.mayVote))
        .where(({ not }) => not(or(involved)))
        .as('pendingForMe'),
      selectFrom('approval')
        .select(({ fn }) => fn.countAll().as('n'))
        .where('workspace', '=', workspace)
        .where('status', '=', 'GRANTED')
        .where(({ eb, or: either }) => either([eb('expires', '<=', at), eb('changed', '<=', at)]))
        .as('lapsedApprovals'),
      selectFrom('drift')
        .select(({ fn }) => fn.countAll().as('n'))
        .where('workspace', '=', workspace)
        .where('resolved', 'is', null)
        .as('driftAlerts'),
      selectFrom('evidence')
        .select(({ fn }) => fn.countAll().as('n'))
        .where('workspace', '=', workspace)
        .where('until', '<=', soon)
        .as('expiringEvidence'),
    ])
    .executeTakeFirstOrThrow()
  const count = (name: keyof OverviewCounts) => Number(row[name])
  return {
    systems: count('systems'),
    openIncidents: count('openIncidents'),
    overdueIncidents: count('overdueIncidents'),
    openViolations: count('openViolations'),
    pendingApprovals: count('pendingApprovals'),
    pendingForMe: count('pendingForMe'),
    lapsedApprovals: count('lapsedApprovals'),
    driftAlerts: count('driftAlerts'),
    expiringEvidence: count('expiringEvidence'),
  }
}
