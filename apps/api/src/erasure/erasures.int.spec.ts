import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Position, RecordedEvent } from '@annal/ledger'
import { eventBytes } from '@annal/proof'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TypedError } from '../http/typed-error.ts'
import { type ErasureSurroundings, Erasures, type Purger } from './erasures.ts'

const behind = () => new TypedError('NOT_YET_VISIBLE', 'The views have not reached that position within 5 s.')

function erasureOf(subject: string): RecordedEvent {
  const stream = `ws_1.subject-${subject}`
  const id = randomUUID()
  const at = '2026-05-04T10:00:00.000Z'
  const bytes = eventBytes({
    v: 1,
    id,
    type: 'SubjectErased',
    version: 1,
    workspace: 'ws_1',
    stream,
    streamVersion: 0,
    about: [],
    actor: { kind: 'person', id: 'per_1' },
    occurredAt: at,
    recordedAt: at,
    correlationId: null,
    causationId: null,
    data: { subject, ground: 'request' },
  })
  return { id, stream, bytes, type: 'SubjectErased', position: '7' as Position } as RecordedEvent
}

describe('erasures that a crash cut short', () => {
  let folder: string
  let cursor: string
  const event = erasureOf('sub_1')
  let purged: unknown[] = []

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'annal-erasures-'))
    cursor = join(folder, 'erasures.json')
    purged = []
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  async function replayed(): Promise<Erasures> {
    const erasures = new Erasures({
      cursor,
      store: { readAll: async ({ after }: { after: unknown }) => (after === null ? [event] : []), head: async () => event.position },
      keys: { destroySubject: () => undefined },
      sessions: { personsWithAddress: () => [] },
      packs: { withdraw: async () => undefined },
    } as unknown as ErasureSurroundings)
    await erasures.replay()
    return erasures
  }

  const purger = (reached: () => Promise<void>) =>
    ({ visibility: { reached }, purge: async (purge: unknown) => void purged.push(purge) }) as unknown as Purger

  it('are purged when the views show them, however long that takes', async () => {
    let asked = 0
    const erasures = await replayed()
    await erasures.purgeReplayed(
      purger(async () => {
        if (++asked < 3) throw behind()
      }),
    )
    expect([asked, purged, existsSync(cursor)]).toEqual([3, [{ workspace: 'ws_1', subject: 'sub_1' }], true])
  })

  it('wait for the next start when the server ends before', async () => {
    const erasures = await replayed()
    const purging = erasures.purgeReplayed(purger(() => new Promise(() => undefined)))
    await erasures.close()
    await purging
    expect([purged, existsSync(cursor)]).toEqual([[], false])
  })

  it('end with the server only once a purge that has begun is through', async () => {
    const erasures = await replayed()
    const begun = Promise.withResolvers<void>()
    const through = Promise.withResolvers<void>()
    void erasures.purgeReplayed({
      visibility: { reached: async () => undefined },
      purge: () => {
        begun.resolve()
        return through.promise
      },
    } as unknown as Purger)
    await begun.promise
    let closed = false
    const closing = erasures.close().then(() => {
      closed = true
    })
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(closed).toBe(false)
    through.resolve()
    await closing
  })

  it('are purged later, once, where the views were late when it was asked for, and who asked is told each time', async () => {
    const erasures = await replayed()
    const there = Promise.withResolvers<void>()
    const answers = [Promise.reject(behind()), there.promise, Promise.reject(behind())]
    const late = purger(() => answers.shift() ?? Promise.resolve())
    for (let i = 0; i < 2; i++) await expect(erasures.carryOut(event, late)).rejects.toThrow('not reached')
    expect(purged).toEqual([])
    there.resolve()
    await expect.poll(() => purged.length).toBe(1)
    await erasures.close()
    expect(purged).toHaveLength(1)
  })
})
