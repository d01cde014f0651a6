import { hash } from 'node:crypto'
import type { ExtractedKey, FieldPlace } from '@annal/proof'
import { expand, nodeDigests } from './node-digests.ts'

/*
 * The derivations of `@annal/proof`, result for result (a test compares them), for the path that every event takes: purposes are written
 * straight into the HMAC's buffer, which halves their cost. Names hold no lone surrogates, so that JSON.stringify of a list of them is
 * its RFC 8785 form. All keys are 32 bytes: they come out of `unwrap` or of here.
 */

/** As `eventKeyFrom`. */
export function eventKeyOf(block: ExtractedKey, stream: string, id: string): Uint8Array {
  return expand(block.prk, JSON.stringify(['annal/evk/v1', stream, id]))
}

/** As `fieldKey`. @param subjectKey null for a field of no data subject. */
export function fieldKeyOf(eventKey: Uint8Array, subjectKey: Uint8Array | null, place: FieldPlace): Uint8Array {
  const { workspace, stream, id, pointer } = place
  return expand(extract(eventKey, subjectKey), JSON.stringify(['annal/field/v1', workspace, stream, id, pointer]))
}

/** As `keyCommitment`. */
export function commitmentOf(fieldKey: Uint8Array): string {
  committed.set(fieldKey, COMMITMENT.length)
  return hash('sha256', committed, 'hex')
}

const KEY_LENGTH = 32
const EMPTY_SALT = Buffer.alloc(KEY_LENGTH)
const COMMITMENT = Buffer.from('annal/kc/v1\0')
const committed = Buffer.concat([COMMITMENT, Buffer.alloc(KEY_LENGTH)])
const bothKeys = Buffer.alloc(2 * KEY_LENGTH)

function extract(eventKey: Uint8Array, subjectKey: Uint8Array | null): Uint8Array {
  if (subjectKey === null) return nodeDigests.hmacSha256(EMPTY_SALT, eventKey)
  bothKeys.set(eventKey, 0)
  bothKeys.set(subjectKey, KEY_LENGTH)
  return nodeDigests.hmacSha256(EMPTY_SALT, bothKeys)
}
