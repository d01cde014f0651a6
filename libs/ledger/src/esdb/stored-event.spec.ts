import type { RecordedEvent as ServerEvent } from '@eventstore/db-client'
import { describe, expect, it } from 'vitest'
import { anEvent } from '../event-store.contract.ts'
import { StoreCorrupt } from '../event-store.ts'
import { isForeign, recordedEvent, storedMetadata } from './stored-event.ts'

const STREAM = 'ws_a.aisystem-a'

/** What the client makes of an event that the server sends. */
function served(over: Partial<ServerEvent> = {}, data: Record<string, unknown> = {}): ServerEvent {
  const event = anEvent(STREAM, 4, { data: { '10': 1, '9': 2, text: 'Łucja' } })
  return {
    streamId: STREAM,
    id: event.id,
    type: event.type,
    revision: 4n,
    isJson: true,
    created: new Date(0),
    data: { ...JSON.parse(Buffer.from(event.bytes).toString()), ...data },
    metadata: JSON.parse(Buffer.from(storedMetadata(event)).toString()),
    position: { commit: 77n, prepare: 77n },
    ...over,
  }
}

describe('an event as EventStoreDB holds it', () => {
  it('comes back with the bytes that went in, whatever order the server’s JSON has', () => {
    const event = anEvent(STREAM, 4, { data: { '10': 1, '9': 2, z: [], a: { é: null } } })
    const data: Record<string, unknown> = JSON.parse(Buffer.from(event.bytes).toString())
    const shuffled = Object.fromEntries(Object.entries(data).toReversed())
    const metadata = JSON.parse(Buffer.from(storedMetadata(event)).toString())
    const back = recordedEvent(served({ id: event.id, data: shuffled, metadata }))
    expect(Buffer.from(back.bytes).toString()).toBe(Buffer.from(event.bytes).toString())
    expect(back.salt).toEqual(event.salt)
  })

  it('carries correlation and causation where EventStoreDB’s tools look for them, and only where there are any', () => {
    const metadata = (over: Parameters<typeof anEvent>[2]) => JSON.parse(Buffer.from(storedMetadata(anEvent(STREAM, 0, over))).toString())
    const causationId = `${STREAM}/0192f3c4-0000-7000-8000-000000000001`
    expect(metadata({ correlationId: 'c-1', causationId })).toMatchObject({
      $correlationId: 'c-1',
      $causationId: causationId,
    })
    expect(Object.keys(metadata({}))).toEqual(['salt'])
  })

  it.each<[string, ServerEvent]>([
    ['an id of its own', served({ id: '00000000-0000-4000-8000-000000000000' })],
    ['a type of its own', served({ type: 'SystemRetired' })],
    ['another stream', served({ streamId: 'ws_b.aisystem-a' })],
    ['another revision', served({ revision: 5n })],
    ['an envelope of another id', served({}, { id: 'x' })],
    ['data that is no JSON', served({ isJson: false })],
    ['data that is no object', served({ data: '[' })],
    ['no salt', served({ metadata: {} })],
    ['a salt that is too short', served({ metadata: { salt: 'abcd' } })],
    ['no metadata', served({ metadata: undefined })],
  ])('is not Annal’s with %s', (_, event) => {
    expect(() => recordedEvent(event)).toThrow(StoreCorrupt)
  })

  it('is the server’s own by its type or by its stream', () => {
    expect([served({ type: '$>' }), served({ streamId: '$settings' }), served()].map(isForeign)).toEqual([true, true, false])
  })

  it('is another application’s by its stream', () => {
    const streams = ['order-1', 'system', 'ws.aisystem-a', 'system.ledger-keys', STREAM]
    expect(streams.map((streamId) => isForeign(served({ streamId })))).toEqual([true, true, true, false, false])
  })
})
