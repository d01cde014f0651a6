import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { anEvent, someEvents } from '../event-store.contract.ts'
import { AppendUncertain, NO_STREAM, StoreCorrupt, StoreLocked } from '../event-store.ts'
import { openSqliteStore } from './open-sqlite-store.ts'
import { openThreadedSqliteStore } from './open-threaded-store.ts'
import { temporaryFolders } from './temporary-folder.ts'
import { receiveFailure, sendFailure } from './writer-messages.ts'

const STREAM = 'ws_thread.aisystem-a'

describe('a store with a writing thread', () => {
  const aFolder = temporaryFolders()
  let threads: Worker[] = []
  const noteThread = (worker: Worker) => threads.push(worker)

  beforeEach(() => {
    threads = []
    process.on('worker', noteThread)
  })

  afterEach(() => {
    process.off('worker', noteThread)
  })

  it('says that it does not know when the thread dies, and goes on with a new one from what is durable', async () => {
    const store = openThreadedSqliteStore({ file: join(aFolder(), 'events.db') })
    // So many that the thread is still at them when it dies.
    const events = someEvents(STREAM, 0, 2_000)
    await store.append(STREAM, NO_STREAM, events.slice(0, 1))
    const uncertain = store.append(STREAM, 0, events.slice(1))
    const outcome = expect(uncertain).rejects.toBeInstanceOf(AppendUncertain)
    await new Promise((resolve) => process.nextTick(resolve))
    await threads[0]?.terminate()
    await outcome
    const again = await store.append(STREAM, 0, events.slice(1))
    expect(['appended', 'conflict']).toContain(again.status)
    expect(threads).toHaveLength(2)
    expect((await store.readStream(STREAM, { direction: 'forwards', limit: 2_000 })).map(({ id }) => id)).toEqual(
      events.map(({ id }) => id),
    )
    await store.close()
  })

  it('stores what was asked before it was closed, and nothing after it', async () => {
    const file = join(aFolder(), 'events.db')
    const store = openThreadedSqliteStore({ file })
    const asked = Array.from({ length: 20 }, (_, i) => store.append(`${STREAM}${i}`, NO_STREAM, [anEvent(`${STREAM}${i}`, 0)]))
    const closed = store.close()
    await expect(store.append(STREAM, NO_STREAM, [anEvent(STREAM, 0)])).rejects.toMatchObject({ name: 'StoreUnavailable' })
    await closed
    for (const outcome of await Promise.all(asked)) expect(outcome.status).toBe('appended')
    const reader = openSqliteStore({ file, mode: 'read' })
    expect(await reader.readAll({ after: null, limit: 100 })).toHaveLength(20)
    await reader.close()
  })

  it('is the only writer until it is closed', async () => {
    const file = join(aFolder(), 'events.db')
    const store = openThreadedSqliteStore({ file })
    expect(() => openSqliteStore({ file, mode: 'write' })).toThrow(StoreLocked)
    expect(() => openThreadedSqliteStore({ file })).toThrow(StoreLocked)
    await store.close()
    await store.close()
    await openThreadedSqliteStore({ file }).close()
  })

  it('lets an append that is not consistent fail alone', async () => {
    const store = openThreadedSqliteStore({ file: join(aFolder(), 'events.db') })
    const event = anEvent(STREAM, 0)
    const outcomes = await Promise.allSettled([
      store.append('ws_thread.aisystem-b', NO_STREAM, [event]),
      store.append(STREAM, NO_STREAM, [event]),
      store.append('ws_thread.aisystem-c', NO_STREAM, [{ ...anEvent('ws_thread.aisystem-c', 0), salt: new Uint8Array(15) }]),
      store.append('ws_thread.aisystem-d', NO_STREAM, []),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'rejected'])
    expect(await store.readAll({ after: null, limit: 10 })).toHaveLength(1)
    await store.close()
  })

  it('gives failures back as what they were', () => {
    expect(receiveFailure(sendFailure(new StoreCorrupt('expected a, found b')))).toBeInstanceOf(StoreCorrupt)
    expect(receiveFailure(sendFailure('broken'))).toMatchObject({ name: 'Error', message: 'broken' })
  })
})
