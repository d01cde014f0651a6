import type { AnyReaction } from '@annal/domain'
import { comparePositions, type EventReader, type Position, type ReactionStore, type RecordedEvent } from '@annal/ledger'
import { envelopeOf } from './envelope-of.ts'
import { RuleRun } from './rule-run.ts'
import { RuleStates } from './rule-states.ts'

export interface StartSurroundings {
  readonly rules: readonly AnyReaction[]
  readonly store: ReactionStore
  readonly events: EventReader
  readonly now: () => number
}

const SLICE = 1_000

/**
 * In a new store all rules begin here: they have effects on what comes behind `head`. Durable on return, before anybody is answered:
 * otherwise a crash would move the beginning behind events that were acknowledged.
 */
export function beginRules(store: ReactionStore, rules: readonly AnyReaction[], { head, at }: { head: Position | null; at: string }): void {
  if (store.cursor() !== null) return
  for (const { rule } of freshRules(store, rules)) store.startRule({ rule, since: head, sinceAt: at })
}

/** A rule that comes later first folds what is behind the cursor, so that it knows what the others know, and has effects from there on. */
export async function startRules(around: StartSurroundings): Promise<void> {
  const { rules, store, now } = around
  const cursor = store.cursor()
  if (cursor === null) return
  const sinceAt = new Date(now()).toISOString()
  for (const rule of freshRules(store, rules)) {
    store.forget(rule.rule)
    await foldPast(rule, cursor, { ...around, sinceAt })
    store.startRule({ rule: rule.rule, since: cursor, sinceAt })
  }
}

function freshRules(store: ReactionStore, rules: readonly AnyReaction[]): readonly AnyReaction[] {
  const started = new Set(store.rules().map(({ rule }) => rule))
  return rules.filter(({ rule }) => !started.has(rule))
}

/** States and alarms up to the cursor, without effects. A crash on the way leaves what `forget` clears. */
async function foldPast(
  rule: AnyReaction,
  cursor: Position,
  { store, events, sinceAt }: StartSurroundings & { sinceAt: string },
): Promise<void> {
  const states = new RuleStates(store)
  const run = new RuleRun([rule], [{ rule: rule.rule, since: cursor, sinceAt }], states)
  let after: Position | null = null
  while (after !== cursor) {
    const slice: RecordedEvent[] = await events.readAll({ after, limit: SLICE })
    const past: RecordedEvent[] = slice.filter(({ position }) => comparePositions(position, cursor) <= 0)
    const armed = past.filter((event) => run.concerns(event)).flatMap((event) => run.take(envelopeOf(event), event.position).armed)
    store.commit({ position: null, states: states.unwritten(), settled: [], armed, webhooks: [], deliveries: [] })
    states.written()
    const last: RecordedEvent | undefined = past.at(-1)
    if (last === undefined || past.length < slice.length) return
    after = last.position
  }
}
