import { expect } from 'vitest'
import type { Actor } from '../src/decider.ts'
import { eventType } from '../src/event-types.ts'
import { parseEvent } from '../src/parse-event.ts'
import type { Alarm, CausedEvent, Expiry, Reaction, Step } from '../src/reactions/reaction.ts'
import { defaultSettings, evolveSettings, settingsFollow, type WorkspaceSettings } from '../src/reactions/workspace-settings.ts'
import type { RecordedFact } from '../src/recorded-fact.ts'
import { service } from './given.ts'

let facts = 0

/** An event of the catalogue as it stands in the record: the type's example with these fields instead. */
export function fact(type: string, at: string, changes: Record<string, unknown> = {}, by: Actor = service): RecordedFact {
  const sent = { ...(eventType(type)?.example as object), ...changes }
  const outcome = parseEvent(type, Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined)), at)
  if (outcome.status === 'refused') throw new Error(outcome.message)
  const { data, stream } = outcome.event
  const number = facts++
  const id = `0192f3c4-0000-7000-8000-${number.toString(16).padStart(12, '0')}`
  return { type, data, actor: by, id, workspace: 'ws_1', stream: `ws_1.${stream}`, streamVersion: number, occurredAt: at, recordedAt: at }
}

/** Runs one rule over events in their order, alarms in between as they come due, until `until`; gives what follows, each well-formed. */
export function follows<State>(rule: Reaction<State>, events: readonly RecordedFact[], until = '2100-01-01T00:00:00.000Z'): CausedEvent[] {
  return run(rule, events, until).followUps
}

/** What follows, and what runs out. */
export function run<State>(
  rule: Reaction<State>,
  events: readonly RecordedFact[],
  until: string,
): { readonly followUps: CausedEvent[]; readonly expiries: Expiry[] } {
  const run = new Run(rule)
  for (const event of events) {
    run.wake(event.recordedAt)
    run.take(event)
  }
  run.wake(until)
  for (const { type, data, occurredAt } of run.followUps) {
    const outcome = parseEvent(type, data, occurredAt)
    if (outcome.status === 'refused') throw new Error(`${type}: ${outcome.message}`)
  }
  return { followUps: run.followUps, expiries: run.expiries }
}

class Run<State> {
  readonly followUps: CausedEvent[] = []
  readonly expiries: Expiry[] = []
  private settings: WorkspaceSettings = defaultSettings
  private readonly states = new Map<string, string>()
  private readonly alarms = new Map<string, { thing: string; alarm: Alarm }>()

  constructor(private readonly rule: Reaction<State>) {}

  take(event: RecordedFact): void {
    if (settingsFollow.has(event.type)) this.settings = evolveSettings(this.settings, event)
    if (!this.rule.follows.has(event.type) && !this.rule.followsAll?.(this.settings)) return
    for (const thing of this.rule.things(event)) {
      const around = { thing, settings: this.settings }
      const step = this.rule.on(event, this.state(thing), around)
      expect(this.rule.on(event, this.state(thing), around)).toEqual(step)
      this.keep(thing, step)
    }
  }

  wake(until: string): void {
    for (;;) {
      const [next] = [...this.alarms]
        .filter(([, { alarm }]) => alarm.due <= until)
        .sort(([, a], [, b]) => (a.alarm.due < b.alarm.due ? -1 : 1))
      if (next === undefined) return
      const [key, { thing, alarm }] = next
      this.alarms.delete(key)
      const step = this.rule.due?.(alarm, this.state(thing), { thing, settings: this.settings })
      if (step !== undefined) this.keep(thing, step)
    }
  }

  /** States are JSON: what can't be stored must not work here either. */
  private state(thing: string): State {
    const kept = this.states.get(thing)
    return kept === undefined ? this.rule.begin : JSON.parse(kept)
  }

  private keep(thing: string, { state, followUps = [], alarms = [], expiries = [] }: Step<State>): void {
    this.states.set(thing, JSON.stringify(state))
    this.followUps.push(...followUps)
    this.expiries.push(...expiries)
    for (const alarm of alarms) this.alarms.set(`${thing} ${alarm.name}`, { thing, alarm })
  }
}
