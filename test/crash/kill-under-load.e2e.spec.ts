import { describe, expect, it } from 'vitest'
import { AnnalProcess } from '../kit/annal-process.ts'
import { eventStores } from '../kit/event-stores.ts'
import { PersistentSenders, type SeenEvent, wholeTrail } from './acknowledged-events.ts'

/** 20 by hand (`ANNAL_TEST_KILLS=20 npx vitest run test/crash`), fewer in CI. */
const kills = Number(process.env.ANNAL_TEST_KILLS ?? 3)

describe.each(eventStores)('a server on $name, killed under load', ({ open }) => {
  it(`keeps each acknowledged event once over ${kills} kills, and its projection goes on without gap or repeat`, {
    timeout: 180_000 + kills * 15_000,
  }, async () => {
    const store = await open()
    const annal = await AnnalProcess.start(store)
    try {
      const auditor = await annal.key('auditor')
      const senders = new PersistentSenders({ url: () => annal.url, key: await annal.key('service') }, 8)
      for (let kill = 0; kill < kills; kill++) {
        await senders.acknowledge(10)
        await pause(300 + Math.random() * 900)
        await annal.kill()
        await annal.restart()
      }
      await pause(500)
      await senders.finish()

      const newest = [...senders.acknowledged.values()].sort().at(-1) ?? ''
      const seen = await wholeTrail(annal.url, auditor, newest)
      const ids = seen.map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      expect([...senders.acknowledged.keys()].filter((id) => !ids.includes(id))).toEqual([])
      expect(seen.filter(({ id }) => !senders.acknowledged.has(id))).toEqual([])
      expect(seen.map(({ position }) => position)).toEqual(seen.map(({ position }) => position).sort())
      expect(gaps(seen)).toEqual([])
      expect(senders.acknowledged.size).toBeGreaterThan(kills * 10)
    } finally {
      await annal.stop()
      await store.close()
    }
  })
})

/** Streams whose versions, in the order seen, are not 0, 1, 2 … */
function gaps(seen: readonly SeenEvent[]): string[] {
  const next = new Map<string, number>()
  const broken: string[] = []
  for (const { stream, streamVersion } of seen) {
    const expected = next.get(stream) ?? 0
    if (Number(streamVersion) !== expected) broken.push(`${stream}: expected ${expected}, found ${streamVersion}`)
    next.set(stream, Number(streamVersion) + 1)
  }
  return broken
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((settle) => setTimeout(settle, milliseconds))
}
