import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RecordedEvent } from '../event-store.ts'
import { loadMasterKey } from '../keys/master-key.ts'
import { openEvents } from '../keys/open-event.ts'
import { openKeyStore } from '../keys/open-key-store.ts'
import { openSqliteStore } from '../sqlite/open-sqlite-store.ts'

const KILLS = 6

describe('given that the process is killed under load, again and again', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'annal-crash-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('holds each acknowledged event once, and doubles none that is sent again', async () => {
    const receipts = new Map<number, string>()
    for (let kill = 0; kill < KILLS; kill++) {
      const acknowledged = receipts.size
      await loadUntilKilled(folder, firstMissing(receipts) - 40, 60 + Math.random() * 250, (n, receipt) => {
        expect(receipts.get(n) ?? receipt, `the receipt of event ${n}`).toBe(receipt)
        receipts.set(n, receipt)
      })
      expect(receipts.size).toBeGreaterThan(acknowledged)
    }

    const events = await everythingIn(folder)
    const stored = new Map(events.map((event) => [numberOf(event), `${event.streamVersion} ${event.position}`]))
    expect(stored.size).toBe(events.length)
    for (const [n, receipt] of receipts) expect(stored.get(n), `event ${n}`).toBe(receipt)
    for (const [stream, versions] of Map.groupBy(events, ({ stream }) => stream)) {
      expect(
        versions.map(({ streamVersion }) => streamVersion),
        stream,
      ).toEqual(versions.map((_, i) => i))
    }

    const keys = openKeyStore({ file: join(folder, 'keys.db'), masterKey: loadMasterKey(join(folder, 'master.key')), mode: 'read' })
    const opened = openEvents(events, keys)
    expect(opened.map(({ data }) => data)).toEqual(events.map((event) => ({ summary: `change ${numberOf(event)}` })))
    keys.close()
  })
})

/** Runs the load from event `from` on and kills it `delay` ms after the first receipt that isn't a repeated one. */
async function loadUntilKilled(folder: string, from: number, delay: number, show: (n: number, receipt: string) => void): Promise<void> {
  const options = ['--disable-warning=ExperimentalWarning', '--conditions=@annal/source', join(import.meta.dirname, 'append-load.ts')]
  const child = spawn(process.execPath, [...options, folder, String(Math.max(0, from))], { stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  const lines = createInterface(child.stdout)
  let dies = false
  const killLater = async () => {
    dies = true
    await setTimeout(delay)
    child.kill('SIGKILL')
  }
  for await (const line of lines) {
    // A line that the kill cut short is no acknowledgement.
    const [, n, version, position, repeated] = /^(\d+) (\d+) (\d{16}) \S+Z (true|false)$/.exec(line) ?? []
    if (n === undefined) continue
    show(Number(n), `${version} ${position}`)
    if (repeated === 'false' && !dies) void killLater()
  }
  const [code, signal] = await closed
  expect([code, signal]).toEqual([null, 'SIGKILL'])
}

async function everythingIn(folder: string): Promise<RecordedEvent[]> {
  const store = openSqliteStore({ file: join(folder, 'events.db'), mode: 'read' })
  const events: RecordedEvent[] = []
  for (;;) {
    const slice = await store.readAll({ after: events.at(-1)?.position ?? null, limit: 1000 })
    events.push(...slice)
    if (slice.length < 1000) break
  }
  await store.close()
  return events
}

function firstMissing(receipts: ReadonlyMap<number, string>): number {
  let n = 0
  while (receipts.has(n)) n++
  return n
}

const numberOf = ({ id }: RecordedEvent) => Number.parseInt(id.slice(-12), 16)
