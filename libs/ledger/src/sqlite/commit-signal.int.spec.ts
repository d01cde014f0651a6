import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { anEvent, someEvents } from '../event-store.contract.ts'
import { NO_STREAM } from '../event-store.ts'
import { CommitSignal } from './commit-signal.ts'
import { openSqliteStore } from './open-sqlite-store.ts'
import { temporaryFolders } from './temporary-folder.ts'

const STREAM = 'ws_signal.aisystem-a'

describe('the signal of commits', () => {
  const aFolder = temporaryFolders()

  it('is given once for all appends of a turn, and not where nothing was stored', async () => {
    const commits = new CommitSignal()
    const store = openSqliteStore({ file: join(aFolder(), 'events.db'), mode: 'write', commits })
    const names = Array.from({ length: 64 }, (_, i) => `ws_signal.aisystem-s${i}`)
    await Promise.all(names.map((stream) => store.append(stream, NO_STREAM, [anEvent(stream, 0)])))
    expect(commits.count()).toBe(1)
    await store.append(names[0]!, 5, [anEvent(names[0]!, 6)])
    expect(commits.count()).toBe(1)
    await store.close()
  })

  it('wakes a subscriber in another thread at once', async () => {
    const file = join(aFolder(), 'events.db')
    const commits = new CommitSignal()
    const store = openSqliteStore({ file, mode: 'write', commits })
    const module = (name: string) => JSON.stringify(join(import.meta.dirname, name))
    const script = `const { parentPort, workerData } = await import('node:worker_threads')
      const { openSqliteStore } = await import(${module('open-sqlite-store.ts')})
      const { CommitSignal } = await import(${module('commit-signal.ts')})
      const store = openSqliteStore({ file: workerData.file, mode: 'read', commits: new CommitSignal(workerData.memory) })
      parentPort.postMessage('ready')
      for await (const events of store.subscribe({ after: null, signal: new AbortController().signal })) parentPort.postMessage(events.map((e) => e.streamVersion))`
    const options = {
      eval: true,
      workerData: { file, memory: commits.memory },
      execArgv: ['--disable-warning=ExperimentalWarning', '--conditions=@annal/source', '--input-type=module'],
    }
    const worker = new Worker(script, options)
    await once(worker, 'message')
    const waits: number[] = []
    for (let version = 0; version < 12; version++) {
      await setTimeout(15)
      const sent = performance.now()
      const seen = once(worker, 'message')
      await store.append(STREAM, version - 1, [anEvent(STREAM, version)])
      expect(await seen).toEqual([[version]])
      waits.push(performance.now() - sent)
    }
    // Without the signal it would look every 200 ms, so that half of the waits were above 100.
    expect(waits.sort((a, b) => a - b)[6]).toBeLessThan(90)
    await worker.terminate()
    await store.close()
  })

  it('is not needed: a subscriber elsewhere looks now and then', async () => {
    const file = join(aFolder(), 'events.db')
    const store = openSqliteStore({ file, mode: 'write' })
    const elsewhere = openSqliteStore({ file, mode: 'read' })
    const ending = new AbortController()
    const reading = (async () => {
      for await (const events of elsewhere.subscribe({ after: null, signal: ending.signal }))
        if (events.at(-1)?.streamVersion === 4) return events.length
    })()
    await setTimeout(20)
    await store.append(STREAM, NO_STREAM, someEvents(STREAM, 0, 5))
    expect(await reading).toBe(5)
    ending.abort()
    await elsewhere.close()
    await store.close()
  })
})
