import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anEvent } from '../event-store.contract.ts'
import { comparePositions, type EventStore, type NewEvent, type RecordedEvent } from '../event-store.ts'
import { openSqliteStore } from './open-sqlite-store.ts'
import { temporaryFolders } from './temporary-folder.ts'

/** What a store is, in a few lines: streams, and one order over all of them. */
class Model {
  readonly all: { readonly stream: string; readonly event: NewEvent }[] = []

  stream(name: string): NewEvent[] {
    return this.all.filter(({ stream }) => stream === name).map(({ event }) => event)
  }

  append(stream: string, expectedVersion: number, events: readonly NewEvent[]): object {
    const there = this.stream(stream)
    if (there.length - 1 !== expectedVersion) return { status: 'conflict', actual: there.length - 1 }
    const ids = events.map(({ id }) => id).filter((id) => there.some((event) => event.id === id))
    if (ids.length > 0) return { status: 'known', ids }
    this.all.push(...events.map((event) => ({ stream, event })))
    return { status: 'appended' }
  }
}

const name = (n: number) => `ws_model${n % 2}.aisystem-s${n}`
const id = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`

/** An append: to which stream, how far from its newest version, which ids. Ids are few, so that some come again. */
const anAppend = fc.record({
  stream: fc.nat(3),
  off: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: -2, max: 2 }) }),
  ids: fc.uniqueArray(fc.nat(60), { minLength: 1, maxLength: 6 }),
})
const aStep = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('appends' as const), group: fc.array(anAppend, { minLength: 1, maxLength: 5 }) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'reopen' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('read' as const),
      stream: fc.nat(3),
      from: fc.nat(12),
      limit: fc.integer({ min: 1, max: 8 }),
    }),
  },
)

describe('the SQLite store against a model of it', () => {
  const aFolder = temporaryFolders()

  it('answers as the model does, whatever is appended together, and holds the same after each step', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aStep, { minLength: 1, maxLength: 25 }), async (steps) => {
        const file = join(aFolder(), 'events.db')
        const model = new Model()
        let store: EventStore = openSqliteStore({ file, mode: 'write' })
        try {
          for (const step of steps) {
            switch (step.kind) {
              case 'reopen':
                await store.close()
                store = openSqliteStore({ file, mode: 'write' })
                break
              case 'read':
                await compareReading(store, model, step)
                break
              case 'appends':
                await compareAppends(store, model, step.group)
            }
          }
          await compareWhole(store, model)
        } finally {
          await store.close()
        }
      }),
      { numRuns: 60, interruptAfterTimeLimit: 4_000, markInterruptAsFailure: false },
    )
  })
})

/** Appended at the same time, they are stored in the order in which they were asked for. */
async function compareAppends(
  store: EventStore,
  model: Model,
  group: readonly { stream: number; off: number; ids: number[] }[],
): Promise<void> {
  const expected: object[] = []
  const appends = group.map(({ stream, off, ids }) => {
    const expectedVersion = Math.max(-1, model.stream(name(stream)).length - 1 + off)
    const events = ids.map((n, i) => anEvent(name(stream), expectedVersion + 1 + i, { id: id(n) }))
    expected.push(model.append(name(stream), expectedVersion, events))
    return () => store.append(name(stream), expectedVersion, events)
  })
  const outcomes = await Promise.all(appends.map((append) => append()))
  expect(outcomes.map((outcome) => (outcome.status === 'appended' ? { status: outcome.status } : outcome))).toEqual(expected)
}

async function compareReading(
  store: EventStore,
  model: Model,
  { stream, from, limit }: { stream: number; from: number; limit: number },
): Promise<void> {
  const there = model.stream(name(stream))
  expect((await store.readStream(name(stream), { from, direction: 'forwards', limit })).map(idOf)).toEqual(
    there.slice(from, from + limit).map(idOf),
  )
  const backwards = there
    .slice(0, from + 1)
    .reverse()
    .slice(0, limit)
  expect((await store.readStream(name(stream), { from, direction: 'backwards', limit })).map(idOf)).toEqual(backwards.map(idOf))
  expect(await store.streamVersion(name(stream))).toBe(there.length - 1)
  expect((await store.findEvent(name(stream), id(from)))?.streamVersion).toBe(there.find((event) => event.id === id(from))?.streamVersion)
}

async function compareWhole(store: EventStore, model: Model): Promise<void> {
  const all = await store.readAll({ after: null, limit: 10_000 })
  expect(all.map(plain)).toEqual(model.all.map(({ stream, event }) => plain({ ...event, stream })))
  expect(all.every((event, i) => i === 0 || comparePositions(all[i - 1]!.position, event.position) < 0)).toBe(true)
  expect((await store.newest())?.id).toBe(all.at(-1)?.id)
  const prefixed = await store.readAll({ after: null, limit: 10_000, streamPrefix: 'ws_model1.' })
  expect(prefixed.map(idOf)).toEqual(all.filter(({ stream }) => stream.startsWith('ws_model1.')).map(idOf))
}

const idOf = (event: { readonly id: string }) => event.id
const plain = ({ stream, streamVersion, id, type, bytes, salt }: Omit<RecordedEvent, 'position'>) => [
  stream,
  streamVersion,
  id,
  type,
  Buffer.from(bytes).toString('hex'),
  Buffer.from(salt).toString('hex'),
]
