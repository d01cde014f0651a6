import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { MemorySink } from '../../vectors/memory-sink.ts'
import { toHex } from '../bytes/hex.ts'
import { encodeUtf8 } from '../bytes/utf8.ts'
import { nobleDigests } from '../digests.ts'
import { crc32 } from './crc-32.ts'
import { ContainerWriter } from './write-container.ts'

const long = encodeUtf8(Array.from({ length: 9000 }, (_, i) => `{"line":${i * i}}\n`).join(''))

function* cutInto(bytes: Uint8Array, length: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length)
}

async function written(chunk: number): Promise<Uint8Array> {
  const sink = new MemorySink()
  const container = new ContainerWriter(sink)
  await container.add('README.txt', cutInto(encodeUtf8('This is a pack.'), chunk))
  const events = await container.add('events.jsonl', cutInto(long, chunk))
  expect(events).toMatchObject({ size: long.length, sha256: toHex(nobleDigests.sha256(long)), crc: crc32(long) })
  await container.add('proof/events/inclusion.bin', [Uint8Array.of(1, 2, 3)])
  await container.add('names.jsonl', [])
  expect(await container.end()).toBe(sink.content().length)
  return sink.content()
}

test('a container is a ZIP file that others read', async () => {
  const members = unzipSync(await written(1000))
  expect(Object.keys(members)).toEqual(['README.txt', 'events.jsonl', 'proof/events/inclusion.bin', 'names.jsonl'])
  expect(members['events.jsonl']).toEqual(long)
  expect(members['proof/events/inclusion.bin']).toEqual(Uint8Array.of(1, 2, 3))
  expect(members['names.jsonl']).toEqual(new Uint8Array(0))
})

test('its bytes do not depend on how the content came', async () => {
  const whole = await written(1 << 20)
  expect(await written(999)).toEqual(whole)
  expect(await written(65_536)).toEqual(whole)
})

test('names that lead elsewhere, or stand there twice, are refused', async () => {
  const container = new ContainerWriter(new MemorySink())
  await container.add('a.txt', [])
  for (const name of ['a.txt', '../a.txt', '/a.txt', 'a/../b.txt', 'a\\b.txt', 'C:a.txt', 'a', 'ä.txt', 'a//b.txt', 'a/', '.a.txt', '']) {
    await expect(container.add(name, [])).rejects.toThrow(/expected a new member's name/)
  }
})

test('the checksum is that of ZIP', () => {
  expect(crc32(encodeUtf8('123456789'))).toBe(0xcbf43926)
  expect(crc32(encodeUtf8('6789'), crc32(encodeUtf8('12345')))).toBe(0xcbf43926)
  expect(crc32(encodeUtf8('The quick brown fox jumps over the lazy dog'))).toBe(0x414fa339)
})
