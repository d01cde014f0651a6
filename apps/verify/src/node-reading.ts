import * as nodeCrypto from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createInflateRaw } from 'node:zlib'
import { BYTES_BEHIND, digestsFrom, type InflateStream, JAVASCRIPT_PACK_READING, type PackReading } from '@annal/proof'
import { verifyTimestamp } from '@annal/proof/timestamp'

const CHUNK = 1 << 18

/** One-shot hashing came to Node with 20.12 and is twice as fast. */
const sha256: (bytes: Uint8Array) => Uint8Array =
  'hash' in nodeCrypto
    ? (bytes) => Buffer.from(nodeCrypto.hash('sha256', bytes, 'hex'), 'hex')
    : (bytes) => nodeCrypto.createHash('sha256').update(bytes).digest()

/** In threads of its own, beside the checking. */
const inflate: InflateStream = async function* (packed) {
  const stream = createInflateRaw({ chunkSize: CHUNK })
  let given = 0
  const counted = async function* () {
    for await (const chunk of packed) {
      given += chunk.length
      yield chunk
    }
  }
  const fed = pipeline(Readable.from(counted(), { objectMode: true }), stream)
  fed.catch(() => stream.destroy())
  for await (const chunk of stream) yield new Uint8Array(chunk)
  await fed
  // zlib takes no byte behind the end of what was deflated.
  if (stream.bytesWritten !== given) throw new Error(BYTES_BEHIND)
}

/** Hashing and inflating by Node; signatures as everywhere else, so that the verdict is the same everywhere. */
export const nodeReading: PackReading = {
  ...JAVASCRIPT_PACK_READING,
  inflate,
  runningSha256: () => nodeCrypto.createHash('sha256'),
  digests: digestsFrom(sha256),
  timestamps: verifyTimestamp,
}
