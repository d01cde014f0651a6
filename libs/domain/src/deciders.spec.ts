import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dataArbitrary, fewIds } from '../testing/event-arbitrary.ts'
import type { PastEvent } from './decider.ts'
import { consultsState, decide, evolve, type GuardedStream, initialState, type StreamState } from './deciders.ts'
import type { EventType } from './event-type.ts'
import { eventTypes } from './event-types.ts'
import { parseEvent } from './parse-event.ts'

const AT = '2026-03-04T07:15:00.000Z'
const OPAQUE = { enc: 1, sub: null, iv: 'AAAAAAAAAAAAAAAA', ct: 'AAAA', kc: '00' }
const guarded = [
  'aisystem',
  'model',
  'dataset',
  'decision',
  'approval',
  'incident',
  'policy',
  'regulation',
  'template',
  'people',
  'task',
  'subject',
  'workspace',
  'person',
] as const satisfies readonly GuardedStream[]

function pastEvents(type: EventType): fc.Arbitrary<PastEvent & { readonly opaque: PastEvent }> {
  const actor = fc.record({ kind: fc.constant('person' as const), id: fewIds.person })
  return fc.tuple(dataArbitrary(type, fewIds), actor).map(([sent, by]) => {
    const outcome = parseEvent(type.name, sent, AT)
    if (outcome.status === 'refused') throw new Error(outcome.message)
    const { data, sealed } = outcome.event
    const hidden = structuredClone(data) as Record<string, unknown>
    for (const { pointer } of sealed) if (pointer.lastIndexOf('/') === 0) hidden[pointer.slice(1)] = OPAQUE
    return { type: type.name, data, actor: by, opaque: { type: type.name, data: hidden, actor: by } }
  })
}

/** The streams' events, those that decisions depend on more often than the rest. */
function histories(stream: GuardedStream) {
  const types = eventTypes.filter((type) => type.stream === stream)
  const weighted = types.map((type) => ({ arbitrary: pastEvents(type), weight: consultsState(type.name) ? 6 : 1 }))
  return fc.array(fc.oneof(...weighted), { maxLength: 12 })
}

const begin = (stream: GuardedStream) => initialState(stream) as StreamState

describe.each(guarded)('%s', (stream) => {
  const history = histories(stream)

  test('folds are total over any events in any order, and the same when what is encrypted stays closed', () => {
    fc.assert(
      fc.property(history, (events) => {
        const opened = events.reduce<StreamState>(evolve, begin(stream))
        const closed = events.map((event) => event.opaque).reduce<StreamState>(evolve, begin(stream))
        expect(opened.stream).toBe(stream)
        expect(closed).toEqual(opened)
      }),
      { numRuns: 60 },
    )
  })

  test('the same command again is refused, or was an observation that changes nothing', () => {
    fc.assert(
      fc.property(history, (events) => {
        let state = begin(stream)
        for (const event of events) {
          const context = { actor: event.actor, at: AT }
          const first = decide(event.type, event.data, state, context)
          if (first.status === 'refused') continue
          state = [event, ...first.followUps.map((next) => ({ ...next, actor: event.actor }))].reduce<StreamState>(evolve, state)
          const again = decide(event.type, event.data, state, context)
          const decision = eventTypes.find((type) => type.name === event.type)?.decision
          expect(again).toMatchObject(decision ? { status: 'refused' } : again.status === 'refused' ? {} : { followUps: [] })
        }
      }),
      { numRuns: 60 },
    )
  })

  test('what needs no state is accepted on any state', () => {
    fc.assert(
      fc.property(history, (events) => {
        const state = events.reduce<StreamState>(evolve, begin(stream))
        const unguarded = events.filter((event) => !consultsState(event.type) && event.type !== 'DecisionMade')
        for (const { type, data, actor } of unguarded)
          expect(decide(type, data, state, { actor, at: AT })).toEqual({ status: 'accepted', followUps: [] })
      }),
      { numRuns: 40 },
    )
  })
})

test('a decision is never made by a service', () => {
  const state = begin('aisystem')
  for (const type of eventTypes.filter(({ recordedBy }) => recordedBy === 'person')) {
    expect(decide(type.name, type.example, state, { actor: { kind: 'service', id: 'svc_1' }, at: AT })).toMatchObject({
      code: 'DecisionNeedsAPerson',
    })
  }
})

test('streams without a decider have no state', () => {
  expect(initialState('project')).toBeNull()
  expect(initialState('constructor')).toBeNull()
  expect(consultsState('ProjectScored')).toBe(false)
  expect(consultsState('NoSuchEvent')).toBe(false)
})
