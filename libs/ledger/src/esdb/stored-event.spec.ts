import { describe, expect, it } from 'vitest'
import { anEvent } from '../event-store.contract.ts'
import { StoreCorrupt } from '../event-store.ts'
import type { ServerEvent } from './server-event.ts'
import { isForeign, recordedEvent, storedMetadata } from './stored-event.ts'

const STREAM = 'ws_a.aisystem-a'

function served(over: Partial<ServerEvent> = {}, data: Record<string, unknown> = {}): ServerEvent {
  const event = anEvent(STREAM, 4, { data: { '10': 1, '9': 2, text: 'Łucja' } })
  return {
    streamId: STREAM,
    id: event.id,
    type: event.type,
    revision: 4,
    isJson: true,
    data: json({ ...JSON.parse(Buffer.from(event.bytes).toString()), ...data }),
    metadata: storedMetadata(event),
    position: { commit: 77n, prepare: 77n },
    ...over,
  }
}

const json = (value: unknown) => Buffer.from(JSON.stringify(value))

describe('an event as EventStoreDB holds it', () => {
  it('comes back with the bytes that went in, whatever order the server’s JSON has', () => {
    const event = anEvent(STREAM, 4, { data: { '10': 1, '9': 2, z: [], a: { é: null } } })
    const data: Record<string, unknown> = JSON.parse(Buffer.from(event.bytes).toString())
    const shuffled = Object.fromEntries(Object.entries(data).toReversed())
    const back = recordedEvent(served({ id: event.id, data: json(shuffled), metadata: storedMetadata(event) }))
    expect(Buffer.from(back.bytes).toString()).toBe(Buffer.from(event.bytes).toString())
    expect(back.salt).toEqual(event.salt)
  })

  it('has the member names that were written, whatever was read before', () => {
    const back = (data: Record<string, unknown>) => {
      const event = anEvent(STREAM, 4, { data })
      const { bytes } = recordedEvent(served({ id: event.id, data: event.bytes, metadata: storedMetadata(event) }))
      return [Buffer.from(bytes).toString(), Buffer.from(event.bytes).toString()]
    }
    for (const data of [
      { a: [], 'a\\': 0 },
      { a: 1, 'a\n': 2 },
    ]) {
      const [read, written] = back(data)
      expect(read).toBe(written)
    }
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
    ['another revision', served({ revision: 5 })],
    ['an envelope of another id', served({}, { id: 'x' })],
    ['data that is said to be no JSON', served({ isJson: false })],
    ['data that is no JSON', served({ data: Buffer.from('{"a":') })],
    ['data that is no UTF-8', served({ data: new Uint8Array([0x22, 0xff, 0x22]) })],
    ['data that is no object', served({ data: json([]) })],
    ['no salt', served({ metadata: json({}) })],
    ['a salt that is too short', served({ metadata: json({ salt: 'abcd' }) })],
    ['no metadata', served({ metadata: new Uint8Array() })],
  ])('is not Annal’s with %s', (_, event) => {
    expect(() => recordedEvent(event)).toThrow(StoreCorrupt)
  })

  it('is the server’s own by its type or by its stream', () => {
    expect([served({ type: '$>' }), served({ streamId: '$settings' }), served()].map(isForeign)).toEqual([true, true, false])
  })

  it('is another application’s by its stream', () => {
    const streams = ['order-1', 'system', 'ws.aisystem-a', 'system.ledger-keys', STREAM]
    expect(streams.map((streamId) => isForeign(served({ streamId })))).toEqual([true, true, true, false, false])
    const alike = ['ws_session-1', 'ws_chat.Room-1', 'ws_.aisystem', 'system.metrics', 'system.log.1']
    expect(alike.filter((streamId) => !isForeign(served({ streamId })))).toEqual([])
  })
})
