import { base64Length, isBase64 } from '../bytes/base64.ts'
import { isHex32 } from '../bytes/hex.ts'
import { hasExactly } from '../json/json-value.ts'
import { isSubjectId } from '../names/ids.ts'

/** A field as it is stored when it is personal, free text or expiring: AES-256-GCM of the value's RFC 8785 bytes under the field key. */
export interface EncryptedField {
  readonly enc: 1
  /** The data subject whose erasure destroys it, or null. */
  readonly sub: string | null
  /** Base64 of the 12-byte IV. */
  readonly iv: string
  /** Base64 of ciphertext ‖ 16-byte tag. */
  readonly ct: string
  /** The key's commitment, in hex. */
  readonly kc: string
}

const IV_LENGTH = 12
/** The tag, and at least one byte: every JSON value has one. */
const MIN_CIPHERTEXT_LENGTH = 17

/** True for exactly this shape, with canonical base64 of the right lengths. */
export function isEncryptedField(value: unknown): value is EncryptedField {
  return (
    hasExactly(value, ['enc', 'sub', 'iv', 'ct', 'kc']) &&
    value.enc === 1 &&
    (value.sub === null || isSubjectId(value.sub)) &&
    isBase64Of(value.iv, (length) => length === IV_LENGTH) &&
    isBase64Of(value.ct, (length) => length >= MIN_CIPHERTEXT_LENGTH) &&
    isHex32(value.kc)
  )
}

function isBase64Of(value: unknown, hasLength: (length: number) => boolean): boolean {
  return typeof value === 'string' && isBase64(value) && hasLength(base64Length(value))
}
