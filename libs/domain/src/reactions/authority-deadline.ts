import { correctedFact } from '../correction/corrected-fact.ts'
import { type RecordedFact, referenceOf } from '../recorded-fact.ts'
import { type GoverningClock, governingClocks } from './governing-clocks.ts'
import { type IncidentClock, seriousCategories } from './incident-clocks.ts'
import type { CausedEvent, Reaction, Step, Surroundings } from './reaction.ts'

interface Incident {
  /** Null: not reported yet. */
  readonly awareAt: string | null
  /** As triaged last, else as reported. */
  readonly category: string
  /** As reported; absent in states of before it was kept. */
  readonly reported?: string
  /** What people judged outweighs what the report says. Absent before the triage; null where it named no category. */
  readonly triaged?: { readonly category: string | null }
  readonly serious: boolean
  readonly widespread: boolean
  readonly systems: readonly string[]
  /** By regime: the clock that governs, and the task that reminds of it. */
  readonly running: Readonly<Record<string, { readonly clock: string; readonly task: string }>>
  readonly notified: readonly string[]
}

const unreported: Incident = {
  awareAt: null,
  category: '',
  serious: false,
  widespread: false,
  systems: [],
  running: {},
  notified: [],
}

/** An authority must be told in time: a task is opened at once for each law's clock, and done when the authority was notified. */
export const authorityDeadline: Reaction<Incident> = {
  rule: 'authority-deadline',
  description: 'An incident must be reported to an authority within a legal period: a task with the deadline is opened.',
  clause: 'https://eur-lex.europa.eu/eli/reg/2024/1689/oj#art_73',
  follows: new Set(['IncidentReported', 'IncidentTriaged', 'AuthorityNotified', 'EventCorrected']),
  begin: unreported,
  things: (event) => (event.type === 'EventCorrected' ? incidentsOf(correctedReport(event)) : incidentsOf(event.data)),
  on: (event, before, around) => {
    switch (event.type) {
      case 'AuthorityNotified':
        return notified(event, before, around)
      case 'IncidentTriaged':
        return judged(event, triaged(event.data, before), { ...around, before })
      default:
        return judged(event, reported(correctedReport(event) ?? event.data, before), { ...around, before })
    }
  },
}

type Content = RecordedFact['data']

function correctedReport(event: RecordedFact): Content | null {
  const corrected = correctedFact(event)
  return corrected?.type === 'IncidentReported' ? corrected.data : null
}

function incidentsOf(data: Content | null): readonly string[] {
  return data === null ? [] : [`incident:${data.incident}`]
}

function triaged(data: Content, before: Incident): Incident {
  const category = typeof data.category === 'string' ? data.category : null
  const judgement = { triaged: { category }, serious: data.serious === true, widespread: data.widespread === true }
  return { ...before, category: category ?? before.reported ?? before.category, ...judgement }
}

function reported(data: Content, before: Incident): Incident {
  const category = before.triaged?.category ?? String(data.category)
  return {
    ...before,
    category,
    reported: String(data.category),
    awareAt: String(data.awareAt),
    serious: before.triaged === undefined ? seriousCategories.includes(category) : before.serious,
    systems: Array.isArray(data.systems) ? data.systems.map(String) : [],
  }
}

function governingIn({ awareAt, ...incident }: Incident, { settings }: Surroundings): Map<string, GoverningClock> {
  return awareAt === null ? new Map() : governingClocks({ ...incident, awareAt }, settings.legalTimeZone)
}

/** Starts the clocks that apply now, and stops those that no longer do, or that end at another instant by now. */
function judged(event: RecordedFact, incident: Incident, around: Surroundings & { readonly before: Incident }): Step<Incident> {
  const governing = governingIn(incident, around)
  const governed = governingIn(around.before, around)
  const followUps: CausedEvent[] = []
  const running: Record<string, { clock: string; task: string }> = {}
  for (const [regime, { clock, task }] of Object.entries(incident.running)) {
    const now = governing.get(regime)
    if (now?.clock.id === clock && now.due === governed.get(regime)?.due) running[regime] = { clock, task }
    else followUps.push(done({ task, outcome: 'cancelled' }, around.thing, event))
  }
  for (const [regime, { clock, due }] of governing) {
    if (running[regime] !== undefined || incident.notified.includes(regime)) continue
    const task = `notify-${clock.id}-${event.id}`
    running[regime] = { clock: clock.id, task }
    followUps.push(opened({ task, clock, due }, incident, { thing: around.thing, event }))
  }
  return { state: { ...incident, running }, followUps }
}

function notified(event: RecordedFact, before: Incident, { thing }: Surroundings): Step<Incident> {
  const regime = typeof event.data.regime === 'string' ? event.data.regime : 'ai_act'
  const { [regime]: met, ...running } = before.running
  const state = { ...before, running, notified: before.notified.includes(regime) ? before.notified : [...before.notified, regime] }
  return { state, followUps: met === undefined ? [] : [done({ task: met.task, outcome: 'done' }, thing, event)] }
}

function opened(
  { task, clock, due }: { task: string; clock: IncidentClock; due: string },
  { systems }: Incident,
  { thing, event }: { thing: string; event: RecordedFact },
): CausedEvent {
  const cause = referenceOf(event)
  const data = {
    task,
    for: thing,
    due,
    instruction: `Tell the ${clock.addressee} (${clock.provision}): at once if you can, and not later than this. Check with counsel whether and whom.`,
    cause,
    ...(clock.obligation !== null && { obligation: clock.obligation }),
    ...(systems.length > 0 && { systems }),
  }
  return { type: 'TaskOpened', data, occurredAt: event.occurredAt, causationId: cause }
}

function done({ task, outcome }: { task: string; outcome: 'done' | 'cancelled' }, thing: string, event: RecordedFact): CausedEvent {
  const evidence = referenceOf(event)
  return { type: 'TaskDone', data: { task, outcome, for: thing, evidence }, occurredAt: event.occurredAt, causationId: evidence }
}
