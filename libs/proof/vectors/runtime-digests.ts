// biome-ignore lint/style/noRestrictedImports: tests of thousands of trees take the runtime's SHA-256, which is faster.
import { hash } from 'node:crypto'
import { type Digests, digestsFrom } from '../src/index.ts'

export const runtimeDigests: Digests = digestsFrom((bytes) => new Uint8Array(Buffer.from(hash('sha256', bytes, 'hex'), 'hex')))
