import type { Fact } from '../registers/facts.ts'
import { wordIn, wordsIn } from '../registers/register-event.ts'
import type { IncidentTables, Notice, SystemProgress } from './incident-tables.ts'

/** An incident as its facts tell of it, in the order of its stream. */
export interface FoldedIncident {
  readonly report: Fact
  readonly category: string
  readonly severity: string
  readonly status: IncidentTables['incident']['status']
  readonly serious: boolean | null
  readonly widespread: boolean
  readonly closed: number | null
  readonly systems: ReadonlyMap<string, SystemProgress>
  readonly notices: readonly Notice[]
  readonly version: number
}

/** Null without a report. A system that is implicated after the closing opens it again. */
export function foldIncident(facts: readonly Fact[]): FoldedIncident | null {
  const report = facts.find(({ type }) => type === 'IncidentReported')
  if (report === undefined) return null
  const triage = facts.findLast(({ type }) => type === 'IncidentTriaged')
  const systems = progressOf(report, facts)
  const closing = facts.findLast(({ type }) => type === 'IncidentClosed')
  const reopened = closing !== undefined && facts.some(({ type, version }) => type === 'SystemImplicated' && version > closing.version)
  const closed = reopened ? null : (closing?.occurred ?? null)
  return {
    report,
    category: wordIn(triage?.content ?? {}, 'category') ?? wordIn(report.content, 'category') ?? '',
    severity: wordIn(triage?.content ?? {}, 'severity') ?? wordIn(report.content, 'severity') ?? '',
    status: statusOf(closed, triage, systems),
    serious: triage === undefined ? null : triage.content.serious === true,
    widespread: triage?.content.widespread === true,
    closed,
    systems,
    notices: facts.filter(({ type }) => type === 'AuthorityNotified').map(noticeOf),
    version: Math.max(...facts.map(({ version, corrected }) => corrected ?? version)),
  }
}

function statusOf(closed: number | null, triage: Fact | undefined, systems: ReadonlyMap<string, SystemProgress>): FoldedIncident['status'] {
  if (closed !== null) return 'CLOSED'
  const progress = [...systems.values()]
  const settled = progress.every((state) => state !== 'IMPLICATED') && progress.some((state) => state !== 'CLEARED')
  if (settled) return 'CONTAINED'
  return triage === undefined ? 'REPORTED' : 'TRIAGED'
}

function progressOf(report: Fact, facts: readonly Fact[]): Map<string, SystemProgress> {
  const systems = new Map<string, SystemProgress>(wordsIn(report.content, 'systems').map((system) => [system, 'IMPLICATED']))
  for (const { type, content } of facts) {
    const system = wordIn(content, 'system')
    if (system === null) continue
    const next = progress(type, systems.get(system))
    if (next !== undefined) systems.set(system, next)
  }
  return systems
}

function progress(type: string, before: SystemProgress | undefined): SystemProgress | undefined {
  switch (type) {
    case 'SystemImplicated':
      return 'IMPLICATED'
    case 'SystemCleared':
      return 'CLEARED'
    case 'CorrectiveActionDone':
      return 'CORRECTED'
    case 'ContainmentDone':
      return before === 'CORRECTED' || before === 'CLEARED' ? before : 'CONTAINED'
    default:
      return before
  }
}

function noticeOf({ content, at, event }: Fact): Notice {
  const sent = Date.parse(wordIn(content, 'sentAt') ?? '')
  return {
    authority: wordIn(content, 'authority') ?? '',
    kind: wordIn(content, 'kind') ?? '',
    regime: wordIn(content, 'regime'),
    reference: wordIn(content, 'reference'),
    at: Number.isNaN(sent) ? at : sent,
    event,
  }
}
