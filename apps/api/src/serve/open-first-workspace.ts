import type { Ledger } from '@annal/ledger'
import { type OwnEvent, recordOwn, SERVER, SYSTEM } from '../identity/record-access.ts'
import { randomId } from '../identity/secret.ts'

/**
 * What an empty ledger begins with: a workspace, and a person who administers it. The origin of the workspace's log is fixed here for good.
 * The role is recorded before the workspace: a crash between the two leaves nothing that counts.
 */
export async function openFirstWorkspace(ledger: Ledger, at: string, host: string): Promise<void> {
  const workspace = randomId('ws')
  const person = randomId('per')
  const opened = {
    workspace,
    name: 'Default workspace',
    region: 'local',
    tier: 'bronze',
    quotas: [],
    legalTimeZone: 'Europe/Berlin',
    currency: 'EUR',
    holidayCalendar: 'none',
    logOrigin: `${host}/log/v1/${workspace}`,
  }
  const granted: OwnEvent = { type: 'RoleGranted', data: { person, role: 'administrator' }, workspace, actor: SERVER, at }
  await recordOwn(ledger, [granted])
  await recordOwn(ledger, [{ type: 'WorkspaceOpened', data: opened, workspace: SYSTEM, actor: SERVER, at }])
}
