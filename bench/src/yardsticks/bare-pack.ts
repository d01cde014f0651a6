import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createDeflateRaw, inflateRawSync } from 'node:zlib'
import { openSqliteStore, type Position, type RecordedEvent } from '@annal/ledger'
import { FileSource } from '../../../apps/verify/src/file-source.ts'
import { openContainer } from '../../../libs/proof/src/container/read-container.ts'
import { LOCAL_HEADER_LENGTH } from '../../../libs/proof/src/container/zip-layout.ts'
import { canonicalBytes } from '../../../libs/proof/src/json/canonical-json.ts'

const SLICE = 1_000
const LINE_END = Buffer.from('\n')

/** What any export would do: reads all events, brings them into canonical form and deflates them into a file. In seconds. */
export async function readAndZip(events: string, file: string): Promise<number> {
  const started = performance.now()
  const store = openSqliteStore({ file: events, mode: 'read' })
  async function* lines(): AsyncGenerator<Uint8Array> {
    for (let after: Position | null = null; ; ) {
      const slice: RecordedEvent[] = await store.readAll({ after, limit: SLICE })
      for (const { bytes } of slice) yield Buffer.concat([canonicalBytes(JSON.parse(Buffer.from(bytes).toString())), LINE_END])
      const last = slice.at(-1)
      if (last === undefined) return
      after = last.position
    }
  }
  await pipeline(Readable.from(lines()), createDeflateRaw(), createWriteStream(file))
  await store.close()
  return (performance.now() - started) / 1_000
}

/** One pass over a pack: inflates each member, hashes it, and parses what is JSON of it. In seconds. */
export async function readAndParse(pack: string): Promise<number> {
  const started = performance.now()
  const source = await FileSource.open(pack)
  for (const { name, offset, packedSize, size } of await openContainer(source)) {
    const packed = await source.read(offset + LOCAL_HEADER_LENGTH + name.length, packedSize)
    const content = packedSize === size ? Buffer.from(packed) : inflateRawSync(packed)
    createHash('sha256').update(content).digest()
    if (name.endsWith('.json')) JSON.parse(content.toString())
    if (name.endsWith('.jsonl')) for (const line of content.toString().split('\n')) if (line !== '') JSON.parse(line)
  }
  await source.close()
  return (performance.now() - started) / 1_000
}
