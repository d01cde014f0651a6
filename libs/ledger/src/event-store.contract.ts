import { randomBytes, randomUUID } from 'node:crypto'
import { eventBytes } from '@annal/proof'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type AppendOutcome,
  comparePositions,
  type EventStore,
  InvalidEventId,
  type NewEvent,
  NIL_EVENT_ID,
  NO_STREAM,
  type Position,
  type RecordedEvent,
  storedSize,
} from './event-store.ts'

/** A store to be held to the contract. */
export interface StoreUnderTest {
  readonly store: EventStore
  /** Closes the store and opens it again over what it kept; absent where nothing is kept. */
  readonly reopen?: () => Promise<EventStore>
  /** Called after each test, when all stores are closed. */
  readonly cleanUp?: () => Promise<void>
  /** False where other tests, or other people, write to the same store. */
  readonly startsEmpty: boolean
}

/** An event as the append layer would make it: canonical envelope bytes and a random salt. */
export function anEvent(
  stream: string,
  streamVersion: number,
  over: Partial<NewEvent> & { data?: Record<string, unknown> } = {},
): NewEvent {
  const { data = { note: `${stream} ${streamVersion}` }, ...rest } = over
  const salt = new Uint8Array(randomBytes(16))
  const event = { id: randomUUID(), type: 'SystemChanged', streamVersion, salt, correlationId: null, causationId: null, ...rest }
  const bytes = eventBytes({
    v: 1,
    id: event.id,
    type: event.type,
    version: 1,
    workspace: stream.slice(0, stream.indexOf('.')),
    stream,
    streamVersion,
    about: ['aisystem:contract'],
    actor: { kind: 'service', id: 'svc_contract' },
    occurredAt: '2026-03-01T08:00:00.000Z',
    recordedAt: '2026-03-01T08:00:00.000Z',
    correlationId: event.correlationId,
    causationId: event.causationId,
    data,
  })
  return { bytes, ...event }
}

/** `count` events of one stream, from stream version `from` on. */
export function someEvents(stream: string, from: number, count: number): NewEvent[] {
  return Array.from({ length: count }, (_, i) => anEvent(stream, from + i))
}

/** What every event store must do. `open` gives a fresh store for each test. */
export function describeEventStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${name} keeps the contract of an event store`, () => {
    let subject: StoreUnderTest
    let store: EventStore
    let workspace: string
    let start: Position | null

    beforeEach(async () => {
      subject = await open()
      store = subject.store
      workspace = `ws_${randomBytes(6).toString('hex')}`
      start = await store.head()
    })

    afterEach(async () => {
      await store.close()
      await subject.cleanUp?.()
    })

    const streamOf = (id: string) => `${workspace}.aisystem-${id}`
    const forwards = (stream: string, from = 0, limit = 10_000) => store.readStream(stream, { from, direction: 'forwards', limit })
    const everything = () => allOf(store, { after: start, prefix: `${workspace}.` })
    const subscribed = (count: number, over: Partial<Collecting> = {}) =>
      collect(store, { after: start, prefix: `${workspace}.`, count, ...over })

    const write = async (stream: string, expected: number, count: number) => {
      const events = someEvents(stream, expected + 1, count)
      const positions = appended(await store.append(stream, expected, events))
      return { events, positions }
    }

    describe('append', () => {
      it('begins a stream and gives the events back as they were', async () => {
        const { events, positions } = await write(streamOf('a'), NO_STREAM, 2)
        const read = await forwards(streamOf('a'))
        expect(read.map(plain)).toEqual(events.map((event, i) => plain({ ...event, stream: streamOf('a'), position: at(positions, i) })))
      })

      it('goes on where the stream stands', async () => {
        await write(streamOf('a'), NO_STREAM, 1)
        await write(streamOf('a'), 0, 3)
        await write(streamOf('a'), 3, 1)
        expect((await forwards(streamOf('a'))).map((event) => event.streamVersion)).toEqual([0, 1, 2, 3, 4])
        expect(await store.streamVersion(streamOf('a'))).toBe(4)
      })

      it.each([
        ['a new stream, but it exists', NO_STREAM],
        ['an older version', 0],
        ['a newer version', 7],
      ])('conflicts on %s, says where the stream stands and stores nothing', async (_, expected) => {
        await write(streamOf('a'), NO_STREAM, 3)
        expect(await store.append(streamOf('a'), expected, someEvents(streamOf('a'), expected + 1, 2))).toEqual({
          status: 'conflict',
          actual: 2,
        })
        expect(await forwards(streamOf('a'))).toHaveLength(3)
      })

      it('conflicts on a version of a stream that does not exist', async () => {
        expect(await store.append(streamOf('none'), 4, someEvents(streamOf('none'), 5, 1))).toEqual({
          status: 'conflict',
          actual: NO_STREAM,
        })
        expect(await store.streamVersion(streamOf('none'))).toBe(NO_STREAM)
      })

      it('lets one of many that expect the same version win, whole', async () => {
        const contenders = Array.from({ length: 8 }, () => someEvents(streamOf('a'), 0, 3))
        const outcomes = await Promise.all(contenders.map((events) => store.append(streamOf('a'), NO_STREAM, events)))
        const winners = contenders.filter((_, i) => outcomes[i]?.status === 'appended')
        expect(winners).toHaveLength(1)
        expect((await forwards(streamOf('a'))).map((event) => event.id)).toEqual(winners[0]?.map((event) => event.id))
      })

      it('lets concurrent appends to many streams succeed and fail each alone', async () => {
        await write(streamOf('taken'), NO_STREAM, 1)
        const outcomes = await Promise.all([
          ...Array.from({ length: 40 }, (_, i) => store.append(streamOf(`s${i}`), NO_STREAM, someEvents(streamOf(`s${i}`), 0, 2))),
          store.append(streamOf('taken'), NO_STREAM, someEvents(streamOf('taken'), 0, 2)),
        ])
        expect(outcomes.map((outcome) => outcome.status)).toEqual([...Array.from({ length: 40 }, () => 'appended'), 'conflict'])
        const read = await everything()
        expect(read).toHaveLength(81)
        expect(new Set(read.map((event) => event.id)).size).toBe(81)
      })

      it('stores the very same append once, however often it is sent', async () => {
        const events = someEvents(streamOf('a'), 0, 3)
        const first = await store.append(streamOf('a'), NO_STREAM, events)
        const again = await store.append(streamOf('a'), NO_STREAM, events)
        expect([first, { status: 'conflict', actual: 2 }]).toContainEqual(again)
        expect(await forwards(streamOf('a'))).toHaveLength(3)
      })

      it('never says appended of other bytes than it stored, though ids and expected version are the same', async () => {
        const { events } = await write(streamOf('a'), NO_STREAM, 2)
        for (const ids of [events.map(({ id }) => id), [events[0]!.id]]) {
          const others = ids.map((id, i) => anEvent(streamOf('a'), i, { id, data: { note: 'another content' } }))
          expect(await store.append(streamOf('a'), NO_STREAM, others)).toEqual({ status: 'conflict', actual: 1 })
        }
        expect((await forwards(streamOf('a'))).map((event) => hex(event.bytes))).toEqual(events.map((event) => hex(event.bytes)))
      })

      it('names the ids that the stream holds already and stores nothing, if it refuses known ids', async ({ skip }) => {
        if (!store.refusesKnownIds) skip('this store leaves known ids to who appends')
        const { events } = await write(streamOf('a'), NO_STREAM, 3)
        const again = [
          anEvent(streamOf('a'), 3),
          anEvent(streamOf('a'), 4, { id: events[1]!.id }),
          anEvent(streamOf('a'), 5, { id: events[0]!.id }),
        ]
        expect(await store.append(streamOf('a'), 2, again)).toEqual({ status: 'known', ids: [events[1]!.id, events[0]!.id] })
        expect(await forwards(streamOf('a'))).toHaveLength(3)
        await write(streamOf('a'), 2, 1)
      })

      it('takes the same id in another stream for another event', async () => {
        const { events } = await write(streamOf('a'), NO_STREAM, 1)
        appended(await store.append(streamOf('b'), NO_STREAM, [anEvent(streamOf('b'), 0, { id: events[0]!.id })]))
        expect((await everything()).map((event) => event.stream)).toEqual([streamOf('a'), streamOf('b')])
      })

      it.each([
        ['of one event', 1],
        ['of 900 events', 900],
      ])('takes a part %s that stores 900 KiB', async (_, count) => {
        const stream = streamOf('large')
        const each = Math.floor((900 * 1024) / count)
        const empty = storedSize(anEvent(stream, 100, { data: { text: '' } }))
        const events = Array.from({ length: count }, (_, i) => anEvent(stream, i, { data: { text: 'x'.repeat(each - empty) } }))
        appended(await store.append(stream, NO_STREAM, events))
        const read = await forwards(stream)
        expect(read.map(plain)).toEqual(events.map((event, i) => plain({ ...event, stream, position: at(read, i).position })))
      })
    })

    describe('reading', () => {
      it('reads a stream in slices both ways', async () => {
        await write(streamOf('a'), NO_STREAM, 7)
        const versions = async (direction: 'forwards' | 'backwards', limit: number, from?: number) =>
          (await store.readStream(streamOf('a'), { direction, limit, ...(from === undefined ? {} : { from }) })).map(
            (event) => event.streamVersion,
          )
        expect(await versions('forwards', 3)).toEqual([0, 1, 2])
        expect(await versions('forwards', 3, 3)).toEqual([3, 4, 5])
        expect(await versions('forwards', 3, 6)).toEqual([6])
        expect(await versions('forwards', 3, 7)).toEqual([])
        expect(await versions('backwards', 3)).toEqual([6, 5, 4])
        expect(await versions('backwards', 3, 3)).toEqual([3, 2, 1])
        expect(await versions('backwards', 3, 0)).toEqual([0])
      })

      it('finds nothing in a stream that does not exist', async () => {
        expect(await forwards(streamOf('none'))).toEqual([])
        expect(await store.readStream(streamOf('none'), { direction: 'backwards', limit: 1 })).toEqual([])
        expect(await store.findEvent(streamOf('none'), randomUUID())).toBeNull()
      })

      it('finds an event by its id, in its stream only', async () => {
        const { events } = await write(streamOf('a'), NO_STREAM, 30)
        await write(streamOf('b'), NO_STREAM, 1)
        for (const i of [0, 17, 29]) expect((await store.findEvent(streamOf('a'), events[i]!.id))?.streamVersion).toBe(i)
        expect(await store.findEvent(streamOf('b'), events[0]!.id)).toBeNull()
        expect(await store.findEvent(streamOf('a'), randomUUID())).toBeNull()
      })

      it('reads everything in the order of positions, in slices of any size, the same each time', async () => {
        for (let round = 0; round < 6; round++) await Promise.all(['a', 'b', 'c'].map((id) => write(streamOf(id), round * 2 - 1, 2)))
        const whole = await everything()
        expect(whole).toHaveLength(36)
        expect(ascending(whole)).toBe(true)
        for (const limit of [1, 5, 36, 1000]) {
          expect((await allOf(store, { after: start, prefix: `${workspace}.`, limit })).map(plain)).toEqual(whole.map(plain))
        }
      })

      it('gives receipts the positions that reading shows', async () => {
        const first = await write(streamOf('a'), NO_STREAM, 3)
        const second = await write(streamOf('b'), NO_STREAM, 2)
        expect((await everything()).map((event) => event.position)).toEqual([...first.positions, ...second.positions])
      })

      it('reads only what stands behind a position', async () => {
        const { positions } = await write(streamOf('a'), NO_STREAM, 4)
        expect((await allOf(store, { after: at(positions, 1), prefix: `${workspace}.` })).map((event) => event.streamVersion)).toEqual([
          2, 3,
        ])
        expect(await store.readAll({ after: at(positions, 3), limit: 10, streamPrefix: `${workspace}.` })).toEqual([])
      })

      it('reads only the streams with a prefix, to the letter', async () => {
        const other = workspace.replace('ws_', 'wsx')
        for (const stream of [
          `${workspace}.model-a`,
          `${workspace}.model-ab`,
          `${workspace}.modelx-a`,
          `${workspace}0.model-a`,
          `${other}.model-a`,
        ]) {
          await write(stream, NO_STREAM, 2)
        }
        const streams = async (prefix: string) => [...new Set((await allOf(store, { after: start, prefix })).map((event) => event.stream))]
        expect(await streams(`${workspace}.`)).toEqual([`${workspace}.model-a`, `${workspace}.model-ab`, `${workspace}.modelx-a`])
        expect(await streams(`${workspace}.model-a`)).toEqual([`${workspace}.model-a`, `${workspace}.model-ab`])
        expect(await streams(`${workspace}.none`)).toEqual([])
      })

      it('has a head that moves with each append', async () => {
        if (subject.startsEmpty)
          expect([await store.head(), await store.newest(), await store.readAll({ after: null, limit: 10 })]).toEqual([null, null, []])
        const { positions } = await write(streamOf('a'), NO_STREAM, 2)
        if (!subject.startsEmpty) return
        expect(await store.head()).toBe(at(positions, 1))
        expect((await store.newest())?.position).toBe(at(positions, 1))
      })

      it('counts what stands behind a position, up to a bound', async () => {
        const { positions } = await write(streamOf('counted'), NO_STREAM, 5)
        const behind = async (after: Position | null, bound = 1_000) => store.countAfter(after, bound)
        expect(await behind(at(positions, 4))).toBe(0)
        expect(await behind(at(positions, 1))).toBe(3)
        expect(await behind(at(positions, 1), 2)).toBe(2)
        expect(await behind(null, 4)).toBe(4)
        if (subject.startsEmpty) expect(await behind(null)).toBe(5)
      })
    })

    describe('what goes in comes out', () => {
      it('keeps bytes and salt to the last bit', async () => {
        const texts = [
          '',
          'Łucja Ø €',
          '日本語',
          '👩‍👩‍👧‍👦 \u2028\u2029',
          '"\\\b\f\n\r\t\u0000\u001f\u007f',
          '\ufeffbom',
          '}","workspace":"ws_x"}',
        ]
        const events = texts.map((text, i) =>
          anEvent(streamOf('bytes'), i, { data: { text, [text]: [text, { text }] }, salt: new Uint8Array(16).fill(i === 0 ? 0 : 256 - i) }),
        )
        appended(await store.append(streamOf('bytes'), NO_STREAM, events))
        const read = await forwards(streamOf('bytes'))
        expect(read.map((event) => [hex(event.bytes), hex(event.salt)])).toEqual(events.map((event) => [hex(event.bytes), hex(event.salt)]))
      })

      it('keeps member names with escapes, whatever was read before', async () => {
        const events = [
          { a: [], 'a\\': 0 },
          { a: 1, 'a\n': 2 },
        ].map((data, i) => anEvent(streamOf('names'), i, { data }))
        appended(await store.append(streamOf('names'), NO_STREAM, events))
        const written = events.map((event) => hex(event.bytes))
        for (const read of [await forwards(streamOf('names')), await everything(), await subscribed(2)])
          expect(read.map((event) => hex(event.bytes))).toEqual(written)
      })

      it('keeps names apart that look alike', async () => {
        const long = `decision-${'x'.repeat(100)}~2026-03-01~f`
        const names = ['aisystem-a', 'aisystem-a.b', 'aisystem-a~b', 'aisystem-a_b', 'aisystem-a-b', 'model-a', 'approval-0', long].map(
          (name) => `${workspace}.${name}`,
        )
        for (const [i, stream] of names.entries()) await write(stream, NO_STREAM, i + 1)
        for (const [i, stream] of names.entries())
          expect((await forwards(stream)).map((event) => event.stream)).toEqual(Array(i + 1).fill(stream))
      })

      it('takes ids of any UUID version, and correlation and causation of any length', async () => {
        const stream = streamOf('ids')
        const ids = [
          '00000000-0000-0000-0000-000000000001',
          'ffffffff-ffff-ffff-ffff-ffffffffffff',
          '0192f3c4-0000-7000-8000-000000000001',
          'c232ab00-9414-11ec-b3c8-9f6bdeced846',
        ]
        const causationId = `${workspace}.decision-${'y'.repeat(100)}~2026-03-01~f/${ids[2]}`
        appended(
          await store.append(
            stream,
            NO_STREAM,
            ids.map((id, i) => anEvent(stream, i, { id, correlationId: 'c'.repeat(100), causationId })),
          ),
        )
        expect((await forwards(stream)).map((event) => event.id)).toEqual(ids)
      })

      it('refuses the nil UUID as an id, and all that comes with it', async () => {
        const stream = streamOf('nil')
        const events = [anEvent(stream, 0), anEvent(stream, 1, { id: NIL_EVENT_ID })]
        await expect(store.append(stream, NO_STREAM, events)).rejects.toBeInstanceOf(InvalidEventId)
        expect(await store.streamVersion(stream)).toBe(NO_STREAM)
      })
    })

    describe('subscription', () => {
      it('delivers what was there, then what comes, without gap or repeat, while others append', async () => {
        const streams = ['a', 'b', 'c', 'd']
        await Promise.all(streams.map((id) => write(streamOf(id), NO_STREAM, 50)))
        const reading = subscribed(4 * 450, { batch: 64 })
        await Promise.all(
          streams.map(async (id) => {
            for (let version = 49; version < 449; version += 10) await write(streamOf(id), version, 10)
          }),
        )
        const delivered = await reading
        expect(delivered.map(plain)).toEqual((await everything()).map(plain))
      })

      it('delivers live what comes one by one', async () => {
        const reading = subscribed(20)
        for (let i = 0; i < 20; i++) {
          await write(streamOf('a'), i - 1, 1)
          await pause(i % 4 === 0 ? 15 : 0)
        }
        expect((await reading).map((event) => event.streamVersion)).toEqual(Array.from({ length: 20 }, (_, i) => i))
      })

      it('delivers every event of the types asked for, in order, and comes to the newest position whatever its type', async () => {
        const types = Array.from({ length: 300 }, (_, i) => (i % 7 === 0 ? 'DriftDetected' : 'SystemChanged'))
        const events = types.map((type, i) => anEvent(streamOf('a'), i, { type }))
        const positions = appended(await store.append(streamOf('a'), NO_STREAM, events))
        const ending = new AbortController()
        const wanted: string[] = []
        for await (const batch of store.subscribe({ after: start, signal: ending.signal, batch: 20, types: ['DriftDetected'] })) {
          wanted.push(...batch.filter(({ type, stream }) => type === 'DriftDetected' && stream === streamOf('a')).map(({ id }) => id))
          if (batch.some(({ position }) => position === positions.at(-1))) ending.abort()
        }
        expect(wanted).toEqual(events.filter(({ type }) => type === 'DriftDetected').map(({ id }) => id))
      })

      it('resumes behind a position', async () => {
        const { positions } = await write(streamOf('a'), NO_STREAM, 10)
        expect((await subscribed(4, { after: at(positions, 5) })).map((event) => event.streamVersion)).toEqual([6, 7, 8, 9])
      })

      it('loses and repeats nothing for a slow subscriber', async () => {
        const reading = subscribed(1500, { batch: 40, eachBatch: () => pause(4) })
        for (let version = -1; version < 1499; version += 25) await write(streamOf('a'), version, 25)
        expect((await reading).map((event) => event.streamVersion)).toEqual(Array.from({ length: 1500 }, (_, i) => i))
      })

      it('delivers the same to each of several subscribers, in batches no larger than asked for', async () => {
        const sizes: number[] = []
        const readings = [7, 500].map((batch) => subscribed(200, { batch, eachSize: (size) => batch === 7 && sizes.push(size) }))
        for (let version = -1; version < 199; version += 20) await write(streamOf('a'), version, 20)
        const [one, other] = await Promise.all(readings)
        expect(one?.map(plain)).toEqual(other?.map(plain))
        expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(7)
      })

      it('ends when it is told to, waiting or not', async () => {
        await write(streamOf('a'), NO_STREAM, 10)
        for (const delay of [0, 50]) {
          const ending = new AbortController()
          const reading = (async () => {
            for await (const batch of store.subscribe({ after: start, signal: ending.signal, batch: 3 }))
              expect(batch.length).toBeGreaterThan(0)
          })()
          await pause(delay)
          ending.abort()
          await within(2_000, reading, 'the subscription did not end')
        }
        const before = AbortSignal.abort()
        for await (const _ of store.subscribe({ after: start, signal: before })) expect.unreachable('nothing comes after the end')
      })
    })

    describe('after it was closed and opened again', () => {
      it('holds the same events at the same positions and goes on', async ({ skip }) => {
        if (subject.reopen === undefined) skip('this store keeps nothing')
        await write(streamOf('a'), NO_STREAM, 3)
        await write(streamOf('b'), NO_STREAM, 2)
        const before = await everything()
        store = await subject.reopen!()
        expect((await everything()).map(plain)).toEqual(before.map(plain))
        expect(await store.append(streamOf('a'), NO_STREAM, someEvents(streamOf('a'), 0, 1))).toEqual({ status: 'conflict', actual: 2 })
        await write(streamOf('a'), 2, 2)
        const after = await everything()
        expect(after.slice(0, 5).map(plain)).toEqual(before.map(plain))
        expect(ascending(after)).toBe(true)
        expect(after).toHaveLength(7)
      })
    })
  })
}

interface Reading {
  readonly after: Position | null
  readonly prefix: string
}

async function allOf(store: EventStore, { after, prefix, limit = 500 }: Reading & { limit?: number }): Promise<RecordedEvent[]> {
  const all: RecordedEvent[] = []
  for (let from = after; ; ) {
    const slice = await store.readAll({ after: from, limit, streamPrefix: prefix })
    expect(slice.length).toBeLessThanOrEqual(limit)
    all.push(...slice)
    const last = slice.at(-1)
    if (last === undefined || slice.length < limit) return all
    from = last.position
  }
}

interface Collecting extends Reading {
  readonly count: number
  readonly batch?: number
  readonly eachBatch?: () => Promise<void>
  readonly eachSize?: (size: number) => unknown
}

/** Subscribes and gathers `count` events of the workspace, then waits a little for what must not come. */
async function collect(store: EventStore, { after, prefix, count, batch, eachBatch, eachSize }: Collecting): Promise<RecordedEvent[]> {
  const ending = new AbortController()
  const gathered: RecordedEvent[] = []
  const reading = (async () => {
    for await (const events of store.subscribe({ after, signal: ending.signal, ...(batch === undefined ? {} : { batch }) })) {
      eachSize?.(events.length)
      gathered.push(...events.filter((event) => event.stream.startsWith(prefix)))
      if (gathered.length >= count) setTimeout(() => ending.abort(), 30)
      await eachBatch?.()
    }
  })()
  await within(20_000, reading, () => `${gathered.length} of ${count} events were delivered`)
  return gathered
}

async function within<T>(ms: number, work: Promise<T>, complaint: string | (() => string)): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(typeof complaint === 'string' ? complaint : complaint())), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

function appended(outcome: AppendOutcome): readonly Position[] {
  if (outcome.status !== 'appended') throw new Error(`expected the append to succeed, found ${JSON.stringify(outcome)}`)
  return outcome.positions
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index]
  if (found === undefined) throw new Error(`expected ${index + 1} elements, found ${list.length}`)
  return found
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const ascending = (events: readonly RecordedEvent[]) =>
  events.every((event, i) => i === 0 || comparePositions(at(events, i - 1).position, event.position) < 0)

function plain({ position, stream, streamVersion, id, type, bytes, salt }: RecordedEvent): Record<string, unknown> {
  return { position, stream, streamVersion, id, type, bytes: hex(bytes), salt: hex(salt) }
}
