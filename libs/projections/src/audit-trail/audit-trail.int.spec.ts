import type { Position, RecordedEvent } from '@annal/ledger'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readableWords } from './readable-words.ts'
import { textProjection } from './text-projection.ts'
import {
  ArrayRecord,
  aStory,
  envelopeOf,
  instant,
  opener,
  runToEnd,
  START,
  smallTextIndex,
  smallTrailIndex,
  stories,
  TrailFolder,
} from './trail-fixtures.contract.ts'
import { trailProjection } from './trail-projection.ts'
import type { TrailFilter } from './trail-query.ts'
import { parseTextQuery } from './words.ts'

/** The trail as anybody would write it who had all events in memory. */
function expected(record: ArrayRecord, workspace: string, filter: TrailFilter): RecordedEvent[] {
  let at = 0
  const own = record.events.filter(({ stream }) => stream.startsWith(`${workspace}.`))
  return own.filter((event) => {
    const envelope = envelopeOf(event)
    at = Math.max(at, Date.parse(envelope.recordedAt))
    return isIn(event, at, filter)
  })
}

function isIn(event: RecordedEvent, at: number, filter: TrailFilter): boolean {
  const envelope = envelopeOf(event)
  const occurred = Date.parse(envelope.occurredAt)
  return (
    (filter.types?.includes(event.type) ?? true) &&
    (filter.stream ?? event.stream) === event.stream &&
    (filter.about ?? []).every((reference) => envelope.about.includes(reference)) &&
    (filter.actor ?? envelope.actor.id) === envelope.actor.id &&
    (filter.correlationId === undefined || filter.correlationId === envelope.correlationId) &&
    (filter.recordedFrom === undefined || at >= Date.parse(filter.recordedFrom)) &&
    (filter.recordedTo === undefined || at < Date.parse(filter.recordedTo)) &&
    (filter.occurredFrom === undefined || occurred >= Date.parse(filter.occurredFrom)) &&
    (filter.occurredTo === undefined || occurred < Date.parse(filter.occurredTo)) &&
    hasText(event, filter.text ?? '')
  )
}

function hasText(event: RecordedEvent, text: string): boolean {
  const [opened] = opener()([event])
  const words = readableWords(opened!).trim().split(' ')
  const asked = parseTextQuery(text)
  return (
    asked.words.every((word) => words.includes(word)) && asked.prefixes.every((prefix) => words.some((word) => word.startsWith(prefix)))
  )
}

const moment = fc.integer({ min: START - 21, max: START + 21 }).map(instant)
const conditions: fc.Arbitrary<Required<TrailFilter>> = fc.record({
  types: fc.uniqueArray(fc.constantFrom('SystemChanged', 'DecisionMade', 'DriftDetected', 'RareThing', 'Unknown'), {
    minLength: 1,
    maxLength: 3,
  }),
  stream: fc.constantFrom('ws_a.aisystem-x', 'ws_a.model-x', 'ws_b.aisystem-x', 'ws_a.decision-x~2026-03-01~a', 'no stream'),
  about: fc.uniqueArray(fc.constantFrom('aisystem:x', 'aisystem:y', 'model:x@1', 'dataset:d', 'aisystem:z'), { maxLength: 2 }),
  actor: fc.constantFrom('svc_1', 'svc_2', 'per_1', 'per_"2'),
  correlationId: fc.constantFrom('c-1', 'c-2', 'c-9'),
  text: fc
    .array(
      fc.constantFrom(
        'credit',
        'CRED*',
        'credits',
        'scor*',
        'ecole',
        'STRASSE',
        'straße',
        '日本*',
        '𝒳*',
        'x1*',
        '0*',
        'decision',
        'decisionmade',
        '"',
        'system:x',
        'stra*',
        'eco*',
        '日*',
        'clo*',
        'cloc*',
        'creditwort*',
        'creditworthyn*',
        'y*',
        'r*',
      ),
      {
        minLength: 1,
        maxLength: 3,
      },
    )
    .map((words) => words.join(' ')),
  recordedFrom: moment,
  recordedTo: moment,
  occurredFrom: moment,
  occurredTo: moment,
})

/** Few conditions: many together match nothing. */
const filters: fc.Arbitrary<TrailFilter> = fc
  .tuple(
    conditions,
    fc.subarray(
      [
        'types',
        'stream',
        'about',
        'actor',
        'correlationId',
        'text',
        'text',
        'recordedFrom',
        'recordedTo',
        'occurredFrom',
        'occurredTo',
      ] as const,
      { maxLength: 3 },
    ),
  )
  .map(([all, chosen]) => Object.fromEntries(chosen.map((name) => [name, all[name]])))

/** Pages through to the end. */
async function paged(folder: TrailFolder, workspace: string, filter: TrailFilter, order: 'newest-first' | 'oldest-first', limit: number) {
  const events: RecordedEvent[] = []
  for (let after: Position | null = null; ; ) {
    const page = await folder.trail.page({ workspace, filter, order, after, limit })
    events.push(...page.events)
    expect(page.events.length).toBeLessThanOrEqual(limit)
    if (!page.more) return events
    expect(page.events).toHaveLength(limit)
    after = page.events.at(-1)!.position
  }
}

const plain = ({ salt, bytes, ...event }: RecordedEvent) => ({ ...event, salt: [...salt], text: Buffer.from(bytes).toString() })

async function inFolder(work: (folder: TrailFolder) => Promise<void>): Promise<void> {
  const folder = new TrailFolder()
  try {
    await work(folder)
  } finally {
    await folder.close()
  }
}

describe('the audit trail', () => {
  it('answers any combination of filters as a naive one does, whatever the batches, and never with another workspace', async () => {
    await fc.assert(
      fc.asyncProperty(
        stories,
        fc.array(fc.integer({ min: 1, max: 259 }), { maxLength: 5 }),
        fc.array(fc.tuple(fc.constantFrom('ws_a', 'ws_b', 'ws_none'), filters, fc.integer({ min: 1, max: 40 })), {
          minLength: 15,
          maxLength: 15,
        }),
        (told, cuts, questions) =>
          inFolder(async (folder) => {
            const record = new ArrayRecord(told)
            await folder.catchUp(record, cuts)
            for (const [workspace, filter, limit] of questions) {
              const all = expected(record, workspace, filter).map(plain)
              expect((await paged(folder, workspace, filter, 'oldest-first', limit)).map(plain)).toEqual(all)
              expect((await paged(folder, workspace, filter, 'newest-first', limit)).map(plain)).toEqual(all.toReversed())
              expect(await folder.trail.count(workspace, filter, limit)).toEqual({
                value: Math.min(all.length, limit),
                exact: all.length <= limit,
              })
            }
          }),
      ),
      { numRuns: 40, interruptAfterTimeLimit: 4000 },
    )
  })
})

const everything = (folder: TrailFolder, workspace = 'ws_a', filter: TrailFilter = {}) =>
  paged(folder, workspace, filter, 'oldest-first', 1000)

describe('a chunk of 32 events', () => {
  it.each([1, 31, 32, 33, 63, 64, 65, 96])('is found whole and in order when the workspace has %i events', (count) =>
    inFolder(async (folder) => {
      const record = new ArrayRecord(Array.from({ length: count }, (_, i) => ({ ...aStory, note: `case${i} ${i % 2 ? 'odd' : 'even'}` })))
      await folder.catchUp(record, [1, 17, 33, 49, 65, 81])
      expect(await everything(folder)).toHaveLength(count)
      expect(await everything(folder, 'ws_a', { text: 'odd' })).toHaveLength(Math.floor(count / 2))
      expect(await everything(folder, 'ws_a', { text: 'odd even' })).toEqual([])
      for (let i = 0; i < count; i += 7) {
        expect((await everything(folder, 'ws_a', { text: `case${i}` })).map(({ id }) => id)).toEqual([record.events[i]!.id])
        expect((await folder.trail.event('ws_a', record.events[i]!.id))?.position).toBe(record.events[i]!.position)
      }
    }),
  )

  it('fills with the events of its own workspace only', () =>
    inFolder(async (folder) => {
      const record = new ArrayRecord(Array.from({ length: 300 }, (_, i) => ({ ...aStory, workspace: `ws_${i % 5}`, note: `case${i}` })))
      await folder.catchUp(record, [50, 51, 200])
      for (let w = 0; w < 5; w++) {
        const own = record.events.filter((_, i) => i % 5 === w).map(({ id }) => id)
        expect((await everything(folder, `ws_${w}`)).map(({ id }) => id)).toEqual(own)
        expect(await folder.trail.event(`ws_${(w + 1) % 5}`, own[0]!)).toBeNull()
        expect(await everything(folder, `ws_${(w + 1) % 5}`, { text: `case${w}` })).toEqual([])
      }
    }))
})

describe('before anything is visible', () => {
  it('the trail is empty, and says that nothing is visible', () =>
    inFolder(async (folder) => {
      expect(await folder.trail.page({ workspace: 'ws_a', filter: {}, order: 'newest-first', after: null, limit: 10 })).toEqual({
        events: [],
        more: false,
      })
      expect(await folder.trail.count('ws_a', { text: 'x' }, 10)).toEqual({ value: 0, exact: true })
      expect(await folder.trail.event('ws_a', 'none')).toBeNull()
      expect(await folder.trail.visibleUpTo()).toBeNull()
    }))

  it('of both views, what is visible is what the later one shows', () =>
    inFolder(async (folder) => {
      const record = new ArrayRecord([aStory, aStory, aStory])
      const first = new ArrayRecord([aStory])
      await runToEnd({ projection: trailProjection(smallTrailIndex), readModel: folder.views }, record)
      expect(await folder.trail.visibleUpTo()).toBeNull()
      await runToEnd({ projection: textProjection(opener(), smallTextIndex), readModel: folder.search }, first)
      expect(await folder.trail.visibleUpTo()).toBe(record.events[0]!.position)
      expect(await everything(folder)).toHaveLength(3)
      expect(await everything(folder, 'ws_a', { text: 'note' })).toHaveLength(1)
    }))
})

describe('the text search', () => {
  it('takes any text, and never fails', () =>
    inFolder(async (folder) => {
      await folder.catchUp(new ArrayRecord(Array.from({ length: 70 }, (_, i) => ({ ...aStory, note: `credit "scoring" AND NOT ${i}` }))))
      const hostile = fc
        .array(
          fc.oneof(
            fc.string({ unit: 'binary', maxLength: 12 }),
            fc.constantFrom(
              '"',
              '*',
              ' AND ',
              ' OR ',
              'NOT',
              'NEAR(',
              ')',
              '^',
              ':',
              '-',
              "'",
              ';',
              '\\',
              '\u0000',
              'tokens:',
              '{a b}',
              '+',
            ),
          ),
        )
        .map((parts) => parts.join(''))
      await fc.assert(
        fc.asyncProperty(hostile, fc.string({ unit: 'binary' }), async (text, other) => {
          const page = await folder.trail.page({
            workspace: 'ws_a',
            filter: { text, actor: other },
            order: 'newest-first',
            after: null,
            limit: 5,
          })
          expect(page.events).toEqual([])
          await folder.trail.count('ws_a', { text, stream: other, types: [other] }, 100)
          await folder.trail.count('ws_a', { text }, 100)
        }),
        { numRuns: 300, interruptAfterTimeLimit: 3000 },
      )
    }))

  it('finds an id that is pasted whole, and one by its beginning', () =>
    inFolder(async (folder) => {
      const record = new ArrayRecord(Array.from({ length: 40 }, () => aStory))
      await folder.catchUp(record)
      for (const { id } of [record.events[3]!, record.events[39]!]) {
        for (const text of [id, id.toUpperCase(), `${id.slice(0, 11)}*`, `${id.slice(0, 8)}*`]) {
          expect((await everything(folder, 'ws_a', { text })).map((event) => event.id)).toEqual([id])
        }
      }
    }))
})
