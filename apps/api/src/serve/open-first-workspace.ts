import type { Ledger } from '@annal/ledger'
import type { ServerClock } from '../clock/server-clock.ts'
import { recordOwn, SERVER } from '../identity/record-access.ts'
import { randomId } from '../identity/secret.ts'
import { workspaceOpening } from '../identity/workspace-opening.ts'

/** What an empty ledger begins with: a workspace. Its opening is the ledger's first event. */
export async function openFirstWorkspace(ledger: Ledger, clock: ServerClock, host: string): Promise<void> {
  const opened = {
    workspace: randomId('ws'),
    name: clock.isSimulated ? 'Sample organisation' : 'Default workspace',
    region: 'local',
    tier: 'bronze',
    legalTimeZone: 'Europe/Berlin',
    currency: 'EUR',
  }
  await recordOwn(ledger, [workspaceOpening(opened, SERVER, { host, clock })])
}

/** The first administrator of a workspace to which nobody was ever given access. */
export async function appointAdministrator(ledger: Ledger, clock: ServerClock, workspace: string): Promise<void> {
  const data = { person: randomId('per'), role: 'administrator' }
  await recordOwn(ledger, [{ type: 'RoleGranted', data, workspace, actor: SERVER, at: clock.instant() }])
}
