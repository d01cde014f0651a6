import { expect } from 'vitest'
import type { Actor, Decision, PastEvent, RefusalReason } from '../src/decider.ts'
import { decide, evolve, initialState, type StreamState } from '../src/deciders.ts'
import { eventType } from '../src/event-types.ts'
import { parseEvent } from '../src/parse-event.ts'

const NOON = '2026-03-03T12:00:00.000Z'

export const service: Actor = { kind: 'service', id: 'svc_scoring' }
export const person = (id: string): Actor => ({ kind: 'person', id: `per_${id}` })

/** An event of the catalogue: the type's example with these fields instead. */
export function event(type: string, changes: Record<string, unknown> = {}, actor: Actor = service): PastEvent {
  const sent = { ...(eventType(type)?.example as object), ...changes }
  const outcome = parseEvent(type, Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined)), NOON)
  if (outcome.status === 'refused') throw new Error(outcome.message)
  return { type, data: outcome.event.data, actor }
}

export function fold(events: readonly PastEvent[], streamType: string): StreamState {
  const initial = initialState(streamType)
  if (initial === null) throw new Error(`expected a decider for ${streamType}, found none`)
  return events.reduce(evolve, initial)
}

/** Given these events of a stream, when this one is asked for at this instant, then … */
export function given(...events: PastEvent[]) {
  return {
    when(command: PastEvent, at: string = NOON) {
      const state = fold(events, eventType(command.type)?.stream ?? '')
      const decision = decide(command.type, command.data, state, { actor: command.actor, at })
      return {
        decision,
        isAccepted: (...followUps: { type: string; data: unknown }[]) => expect(decision).toEqual({ status: 'accepted', followUps }),
        isRefused: (reason: RefusalReason, code: Extract<Decision, { status: 'refused' }>['code'] = 'DecisionRefused') =>
          expect(decision).toMatchObject({ status: 'refused', code, reason }),
      }
    },
  }
}
