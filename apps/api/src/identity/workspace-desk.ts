import type { Caller } from './caller.ts'
import type { WorkspaceRecord } from './directory.ts'
import { type Invalid, invalid, type PeopleSurroundings, recordOfPerson, subjectOf } from './people-surroundings.ts'
import { type OwnEvent, ownProblem } from './record-access.ts'
import { recordGuarded } from './record-guarded.ts'
import { randomId } from './secret.ts'
import { workspaceOpening } from './workspace-opening.ts'

export interface OpenWorkspaceRequest {
  readonly name: string
  readonly region?: string | null
  readonly tier?: string | null
  readonly legalTimeZone?: string | null
  readonly currency?: string | null
}

export type OpenWorkspaceOutcome = { readonly status: 'opened'; readonly workspace: WorkspaceRecord } | Invalid

/** Opens further workspaces. What isn't said is as in the workspace from which it is opened. */
export class WorkspaceDesk {
  constructor(
    private readonly around: PeopleSurroundings,
    private readonly host: string,
  ) {}

  /** He who opens it administers it. His role is recorded before the workspace: a crash between the two leaves nothing that counts. */
  async open(request: OpenWorkspaceRequest, caller: Caller): Promise<OpenWorkspaceOutcome> {
    const { directory, reader, clock, guarded } = this.around
    const from = directory.workspace(caller.workspace)
    const workspace = randomId('ws')
    const legalTimeZone = request.legalTimeZone ?? from?.legalTimeZone ?? 'UTC'
    if (!isTimeZone(legalTimeZone)) return invalid('expected an IANA time zone such as Europe/Berlin', '/legalTimeZone')
    const opened = {
      workspace,
      name: request.name.trim(),
      region: request.region ?? from?.region ?? 'local',
      tier: request.tier ?? 'bronze',
      legalTimeZone,
      currency: request.currency ?? from?.currency ?? 'EUR',
    }
    const opening = workspaceOpening(opened, caller.actor, { host: this.host, clock })
    const problem = ownProblem(opening)
    if (problem !== null) return invalid(problem.message, problem.path)
    await this.letIn(workspace, caller)
    const outcome = await recordGuarded(guarded, [opening])
    if (outcome.status === 'refused') throw new Error(`expected the workspace to be opened, found ${outcome.code}: ${outcome.message}`)
    await reader.readWorkspace(workspace)
    const known = directory.workspace(workspace)
    if (known === undefined) throw new Error(`expected the workspace ${workspace} in the directory, found none`)
    return { status: 'opened', workspace: known }
  }

  private async letIn(workspace: string, { workspace: from, actor }: Caller): Promise<void> {
    const { people, clock, guarded } = this.around
    const base = { workspace, actor, at: clock.instant() }
    const granted: OwnEvent = { type: 'RoleGranted', data: { person: actor.id, role: 'administrator' }, ...base }
    const outcome = await recordGuarded(guarded, [granted])
    if (outcome.status === 'refused') throw new Error(`expected the first role to be granted, found ${outcome.code}: ${outcome.message}`)
    const entry = await people.entry(from, actor.id)
    if (entry === null || entry.name === null) return
    const { name, email, title } = entry
    const subject = subjectOf(this.around, workspace, actor.id)
    const data = { person: actor.id, name, ...(email === null ? {} : { email }), ...(title === null ? {} : { title }), subject }
    await recordOfPerson(this.around, actor.id, [{ type: 'PersonProfileSet', data, ...base }])
  }
}

/** A place whose law sets the clocks; the platform also takes a mere difference to UTC, which no law has. */
function isTimeZone(name: string): boolean {
  if (/^[+-]/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false // RangeError: that is how the platform says that it knows no such zone.
  }
}
