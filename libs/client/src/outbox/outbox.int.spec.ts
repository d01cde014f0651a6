import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OutboxCorrupt, OutboxFull, OutboxLocked } from '../errors.ts'
import { frame } from './frame.ts'
import { Outbox, type OutboxOptions } from './outbox.ts'
import { temporaryFolder } from './temporary-folder.ts'

const ALL = { events: 10_000, bytes: 1e9 }
const never = new AbortController().signal
const kept = async (outbox: Outbox) => {
  const read: string[] = []
  for (let batch = await outbox.more(ALL); batch.length > 0; batch = await outbox.more(ALL))
    read.push(...batch.map(({ envelope }) => envelope))
  return read
}
const numbered = (count: number) => Array.from({ length: count }, (_, i) => JSON.stringify({ event: i, filler: 'x'.repeat(i % 90) }))

async function filled(options: OutboxOptions, payloads: readonly string[]): Promise<void> {
  const outbox = await Outbox.open(options)
  await Promise.all(payloads.map((payload) => outbox.append(payload)))
  await outbox.close()
}

const segments = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.segment'))

describe('the outbox', () => {
  test('gives what was appended, in that order, again after it was opened again, until it is settled', async () => {
    const folder = temporaryFolder()
    const written = numbered(500)
    await filled({ folder, segmentBytes: 4_000 }, written)
    expect(segments(folder).length).toBeGreaterThan(5)
    const second = await Outbox.open({ folder, segmentBytes: 4_000 })
    expect(second.waiting).toBe(500)
    const batch = await second.next({ events: 123, bytes: 1e9 }, never)
    expect(batch.map(({ envelope }) => envelope)).toEqual(written.slice(0, 123))
    await second.settle(batch)
    expect(second.waiting).toBe(377)
    await second.close()
    const third = await Outbox.open({ folder })
    expect(await kept(third)).toEqual(written.slice(123))
    await third.close()
  })

  test('removes what is settled, all of it when it is closed', async () => {
    const folder = temporaryFolder()
    const outbox = await Outbox.open({ folder, segmentBytes: 1_000 })
    await Promise.all(numbered(200).map((payload) => outbox.append(payload)))
    const before = segments(folder).length
    await outbox.settle(await outbox.next({ events: 150, bytes: 1e9 }, never))
    expect(segments(folder).length).toBeLessThan(before)
    await outbox.settle(await outbox.next(ALL, never))
    await outbox.close()
    expect(segments(folder)).toEqual([])
    const again = await Outbox.open({ folder })
    await again.append('"new"')
    expect(await kept(again)).toEqual(['"new"'])
    await again.close()
  })

  test('recovers all that was synced from any tail that a crash can leave', async () => {
    const folder = temporaryFolder()
    const synced = numbered(20)
    await filled({ folder }, synced)
    const file = join(folder, segments(folder)[0]!)
    const whole = readFileSync(file)
    const tail = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      fc.nat(60).map((length) => Buffer.alloc(length)),
      fc.tuple(fc.string({ minLength: 1, maxLength: 99 }), fc.nat()).map(([text, cut]) => {
        const record = frame(Buffer.from(text))
        return record.subarray(0, cut % record.length)
      }),
      fc.tuple(fc.string({ minLength: 1, maxLength: 99 }), fc.nat()).map(([text, at]) => {
        const record = frame(Buffer.from(text))
        const bit = at % (record.length * 8)
        record.writeUInt8(record.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
        return record
      }),
    )
    await fc.assert(
      fc.asyncProperty(tail, async (left) => {
        writeFileSync(file, Buffer.concat([whole, left]))
        const outbox = await Outbox.open({ folder })
        expect(await kept(outbox)).toEqual(synced)
        await outbox.append('"after"')
        expect(await kept(outbox)).toEqual(['"after"'])
        await outbox.close()
      }),
      { numRuns: 60 },
    )
  })

  test('recovers all but what is damaged, wherever the last file is cut or a bit of it flips', async () => {
    const folder = temporaryFolder()
    const synced = numbered(20)
    await filled({ folder }, synced)
    const file = join(folder, segments(folder)[0]!)
    const whole = readFileSync(file)
    const ends: number[] = []
    for (const text of synced) ends.push((ends.at(-1) ?? 8) + 8 + Buffer.byteLength(text))
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 8, max: whole.length - 1 }), fc.option(fc.nat(7)), async (at, bit) => {
        const damaged = bit === null ? whole.subarray(0, at) : Buffer.from(whole)
        if (bit !== null) damaged.writeUInt8(damaged.readUInt8(at) ^ (1 << bit), at)
        writeFileSync(file, damaged)
        const outbox = await Outbox.open({ folder })
        const before = ends.filter((end) => end <= at).length
        const left = [...synced.slice(0, before), ...(bit === null ? [] : synced.slice(before + 1))]
        expect([outbox.waiting, await kept(outbox)]).toEqual([left.length, left])
        await outbox.append('"after"')
        expect(await kept(outbox)).toEqual(['"after"'])
        await outbox.close()
        const again = await Outbox.open({ folder })
        expect(await kept(again)).toEqual([...left, '"after"'])
        await again.close()
      }),
      { numRuns: 60 },
    )
    writeFileSync(file, whole.subarray(0, 3))
    const outbox = await Outbox.open({ folder })
    expect(await kept(outbox)).toEqual([])
    await outbox.close()
  })

  test('opens though a full disk left the last segment without a beginning', async () => {
    const folder = temporaryFolder()
    await filled({ folder }, numbered(5))
    const next = join(folder, '0000000002.segment')
    for (const begun of ['', 'anna']) {
      writeFileSync(next, begun)
      const outbox = await Outbox.open({ folder })
      expect(await kept(outbox)).toEqual(numbered(5))
      await outbox.close()
      expect(segments(folder)).toEqual(['0000000001.segment'])
    }
  })

  test('does not skip damage in what was synced before', async () => {
    const folder = temporaryFolder()
    await filled({ folder, segmentBytes: 500 }, numbered(5))
    await filled({ folder, segmentBytes: 500 }, numbered(50))
    await filled({ folder, segmentBytes: 500 }, numbered(5))
    const [first] = segments(folder)
    truncateSync(join(folder, first!), 40)
    await expect(Outbox.open({ folder })).rejects.toThrow(OutboxCorrupt)
  })

  test('sends all again when its cursor can’t be read, rather than nothing', async () => {
    const folder = temporaryFolder()
    const outbox = await Outbox.open({ folder })
    await Promise.all(numbered(10).map((payload) => outbox.append(payload)))
    await outbox.settle(await outbox.next({ events: 4, bytes: 1e9 }, never))
    await outbox.close()
    writeFileSync(join(folder, 'cursor'), '')
    const again = await Outbox.open({ folder })
    expect(await kept(again)).toEqual(numbered(10))
    await again.close()
  })

  test('is one client’s at a time', async () => {
    const folder = temporaryFolder()
    const first = await Outbox.open({ folder })
    await expect(Outbox.open({ folder })).rejects.toThrow(OutboxLocked)
    await first.close()
    await (await Outbox.open({ folder })).close()
  })

  test('is private to its owner', async () => {
    const folder = join(temporaryFolder(), 'outbox')
    await filled({ folder }, numbered(3))
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    for (const name of segments(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
  })

  test('lets nobody in while it is full, and the next in order as room comes', async () => {
    const folder = temporaryFolder()
    const outbox = await Outbox.open({ folder, maxBytes: 1_000 })
    const payloads = Array.from({ length: 30 }, (_, i) => JSON.stringify({ i, filler: 'x'.repeat(90) }))
    let queued = 0
    const appends = payloads.map((payload) => outbox.append(payload).then(() => queued++))
    await expect.poll(() => queued).toBeGreaterThan(5)
    await new Promise((settle) => setTimeout(settle, 50))
    expect(queued).toBeLessThan(11)
    const read: string[] = []
    while (read.length < payloads.length) {
      const batch = await outbox.next({ events: 3, bytes: 1e9 }, never)
      read.push(...batch.map(({ envelope }) => envelope))
      await outbox.settle(batch)
    }
    await Promise.all(appends)
    expect(read).toEqual(payloads)
    await outbox.close()
  })

  test('refuses when it is full and told to', async () => {
    const outbox = await Outbox.open({ folder: temporaryFolder(), maxBytes: 200, whenFull: 'refuse' })
    await outbox.append(`"${'x'.repeat(150)}"`)
    await expect(outbox.append(`"${'x'.repeat(150)}"`)).rejects.toThrow(OutboxFull)
    await outbox.settle(await outbox.next(ALL, never))
    await outbox.append(`"${'x'.repeat(150)}"`)
    await outbox.close()
  })
})
