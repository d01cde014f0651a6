import { type RecordedFact, referenceOf } from '../recorded-fact.ts'
import { plusDays } from './legal-time.ts'
import type { CausedEvent, Reaction } from './reaction.ts'

/** After so many days without a resolution a task is opened … */
const REMIND_AFTER = 7
/** … that is due so many days after the alert was recorded. */
const DUE_AFTER = 14
/** Alerts that are open at once for one version; more of them say nothing new. */
const MOST_METRICS = 100

interface OpenDrift {
  readonly id: string
  readonly event: string
  readonly recordedAt: string
  readonly systems: readonly string[]
  readonly task: string | null
}

/** By metric. */
type OpenDrifts = Readonly<Record<string, OpenDrift>>

export const driftUnresolved: Reaction<OpenDrifts> = {
  rule: 'drift-unresolved',
  description: `A drift was not resolved within ${REMIND_AFTER} days: a task is opened, and done when it is resolved.`,
  clause: 'https://eur-lex.europa.eu/eli/reg/2024/1689/oj#art_72',
  follows: new Set(['DriftDetected', 'DriftResolved', 'ModelRetired']),
  begin: {},
  // Of a model that is retired as a whole it isn't known here which versions drifted.
  things: ({ data }) => (data.version === undefined ? [] : [`model:${data.model}@${data.version}`]),
  on: (event, state, { thing }) => {
    if (event.type === 'ModelRetired') return { state: {} }
    const metric = String(event.data.metric)
    const open = Object.hasOwn(state, metric) ? state[metric] : undefined
    if (event.type === 'DriftDetected') {
      if (open !== undefined || Object.keys(state).length >= MOST_METRICS) return { state }
      return {
        state: { ...state, [metric]: alertOf(event) },
        alarms: [{ name: metric, due: plusDays(event.recordedAt, REMIND_AFTER) }],
      }
    }
    const { [metric]: _resolved, ...others } = state
    return { state: others, followUps: open?.task ? [done(open.task, thing, event)] : [] }
  },
  due: ({ name, due }, state, { thing }) => {
    const open = Object.hasOwn(state, name) ? state[name] : undefined
    if (open === undefined || open.task !== null || plusDays(open.recordedAt, REMIND_AFTER) !== due) return { state }
    const task = `resolve-drift-${open.id}`
    return { state: { ...state, [name]: { ...open, task } }, followUps: [opened({ ...open, task }, { metric: name, thing, due })] }
  },
}

function alertOf(event: RecordedFact): OpenDrift {
  const { systems } = event.data
  return {
    id: event.id,
    event: referenceOf(event),
    recordedAt: event.recordedAt,
    systems: Array.isArray(systems) ? systems.map(String) : [],
    task: null,
  }
}

function opened(
  { task, event, recordedAt, systems }: OpenDrift,
  { metric, thing, due }: { metric: string; thing: string; due: string },
): CausedEvent {
  const data = {
    task,
    for: thing,
    due: plusDays(recordedAt, DUE_AFTER),
    instruction: `Drift of ${thing} by ${metric} is not resolved: find its cause, retrain or roll back, or record why it does no harm.`,
    cause: event,
    ...(systems.length > 0 && { systems }),
  }
  return { type: 'TaskOpened', data, occurredAt: due, causationId: event }
}

function done(task: string, thing: string, event: RecordedFact): CausedEvent {
  const evidence = referenceOf(event)
  return {
    type: 'TaskDone',
    data: { task, outcome: 'done', for: thing, evidence },
    occurredAt: event.occurredAt,
    causationId: evidence,
  }
}
