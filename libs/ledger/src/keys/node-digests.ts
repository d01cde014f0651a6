import { hash } from 'node:crypto'
import { type Digests, digestsFrom } from '@annal/proof'

/** SHA-256 and HMAC by Node. The hex of a one-shot hash is several times cheaper to get than its bytes, and than an HMAC object. */
export const nodeDigests: Digests = digestsFrom((bytes) => Buffer.from(hash('sha256', bytes, 'hex'), 'hex'))
