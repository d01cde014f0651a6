import type { ServerClock } from '../clock/server-clock.ts'
import { type OwnEvent, SYSTEM } from './record-access.ts'

export interface NewWorkspace {
  readonly workspace: string
  readonly name: string
  readonly region: string
  readonly tier: string
  readonly legalTimeZone: string
  readonly currency: string
}

/** The event that opens a workspace. The origin of its log and whether its clock is simulated are fixed here for good. */
export function workspaceOpening(
  opened: NewWorkspace,
  actor: OwnEvent['actor'],
  { host, clock }: { host: string; clock: ServerClock },
): OwnEvent {
  const logOrigin = `${host}/log/v1/${opened.workspace}`
  const log = clock.isSimulated ? { logOrigin: `${logOrigin}/simulated`, simulatedClock: true } : { logOrigin }
  return {
    type: 'WorkspaceOpened',
    data: { ...opened, quotas: [], holidayCalendar: 'none', ...log },
    workspace: SYSTEM,
    actor,
    at: clock.instant(),
  }
}
