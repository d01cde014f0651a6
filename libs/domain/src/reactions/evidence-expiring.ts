import { thingOfStream } from '../approval/material-change.ts'
import { type RecordedFact, referenceOf } from '../recorded-fact.ts'
import { type ExpiringEvidence, expiringEvidence } from './expiring-evidence.ts'
import { endOfDay, plusDays } from './legal-time.ts'
import type { CausedEvent, Reaction, Step, Surroundings } from './reaction.ts'

/** So many days before the last day people are reminded. */
const AHEAD = 30
/** Evidence that is recorded late gets a day for what replaces it to be recorded too. */
const GRACE = 1

interface Evidence {
  readonly id: string
  readonly event: string
  readonly until: string
  readonly remindAt: string
  readonly what: string
  readonly systems: readonly string[]
  readonly task: string | null
}

/** By kind: the last evidence of a thing. After its retirement, or that of the version that it is about, nothing is due. */
interface ThingEvidence {
  readonly retired: boolean
  readonly kinds: Readonly<Record<string, Evidence>>
}

const byType = new Map(expiringEvidence.map((one) => [one.type, one]))

export const evidenceExpiring: Reaction<ThingEvidence> = {
  rule: 'evidence-expiring',
  description: `Evidence holds for ${AHEAD} more days at most: a task to renew it is opened, and done when it is renewed.`,
  clause: null,
  follows: new Set([...byType.keys(), 'SystemRetired', 'ModelRetired']),
  begin: { retired: false, kinds: {} },
  things: (event) => [thingOf(event, byType.get(event.type))],
  on: (event, state, around) => {
    const evidence = byType.get(event.type)
    if (evidence !== undefined) return renewed(event, evidence, state, around)
    return { state: retired(event, state) }
  },
  due: ({ name, due }, state, { thing }) => {
    const evidence = Object.hasOwn(state.kinds, name) ? state.kinds[name] : undefined
    if (state.retired || evidence === undefined || evidence.task !== null || evidence.remindAt !== due) return { state }
    const task = `renew-${evidence.id}`
    return { state: withKind(state, name, { ...evidence, task }), followUps: [opened({ ...evidence, task }, thing, due)] }
  },
}

function thingOf({ stream, data }: RecordedFact, evidence: ExpiringEvidence | undefined): string {
  return evidence?.of === undefined ? thingOfStream(stream) : `${evidence.of[0]}:${data[evidence.of[1]]}`
}

function renewed(
  event: RecordedFact,
  { type, until, what, by }: ExpiringEvidence,
  state: ThingEvidence,
  around: Surroundings,
): Step<ThingEvidence> {
  const group = type.startsWith('Policy') ? 'Policy' : type
  const kind = by === undefined ? group : `${group} ${event.data[by]}`
  const before = Object.hasOwn(state.kinds, kind) ? state.kinds[kind] : undefined
  const followUps = before?.task ? [done(before.task, around.thing, event)] : []
  const lastDay = event.data[until]
  const end = typeof lastDay === 'string' ? endOfDay(lastDay, around.settings.legalTimeZone) : null
  // What is over when it is recorded reminds nobody: it is history.
  if (end === null || end <= event.recordedAt) return { state: withoutKind(state, kind), followUps }
  const remindAt = later(plusDays(end, -AHEAD), plusDays(event.recordedAt, GRACE))
  const { systems } = event.data
  const evidence: Evidence = {
    id: event.id,
    event: referenceOf(event),
    until: end,
    remindAt,
    what: by === undefined || by === 'version' ? what : `${what} ${event.data[by]}`,
    systems: Array.isArray(systems) ? systems.map(String) : [],
    task: null,
  }
  return { state: withKind(state, kind, evidence), followUps, alarms: [{ name: kind, due: remindAt }] }
}

function retired({ data: { version } }: RecordedFact, state: ThingEvidence): ThingEvidence {
  if (version === undefined) return { ...state, retired: true }
  const ofVersions = expiringEvidence.filter(({ by }) => by === 'version')
  return ofVersions.reduce((without, { type }) => withoutKind(without, `${type} ${version}`), state)
}

function opened({ task, event, until, what, systems }: Evidence, thing: string, due: string): CausedEvent {
  const data = {
    task,
    for: thing,
    due: until,
    instruction: `The ${what} of ${thing} holds until then: renew it, or record why it is no longer needed.`,
    cause: event,
    ...(systems.length > 0 && { systems }),
  }
  return { type: 'TaskOpened', data, occurredAt: due, causationId: event }
}

function done(task: string, thing: string, event: RecordedFact): CausedEvent {
  const evidence = referenceOf(event)
  return { type: 'TaskDone', data: { task, outcome: 'done', for: thing, evidence }, occurredAt: event.occurredAt, causationId: evidence }
}

function withKind(state: ThingEvidence, kind: string, evidence: Evidence): ThingEvidence {
  return { ...state, kinds: { ...state.kinds, [kind]: evidence } }
}

function withoutKind(state: ThingEvidence, kind: string): ThingEvidence {
  const { [kind]: _gone, ...kinds } = state.kinds
  return { ...state, kinds }
}

function later(a: string, b: string): string {
  return a > b ? a : b
}
