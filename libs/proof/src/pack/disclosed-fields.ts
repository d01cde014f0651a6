import { isHex32, parseHex } from '../bytes/hex.ts'
import type { Digests } from '../digests.ts'
import { isEncryptedField } from '../personal/encrypted-field.ts'
import { keyCommitment } from '../personal/field-keys.ts'
import type { FieldDisclosure } from './leaf-line.ts'

export interface CheckedFields {
  /** What is wrong with one of them, or null. */
  readonly problem: string | null
  readonly readable: number
  readonly erased: number
}

const NONE: CheckedFields = { problem: null, readable: 0, erased: 0 }

/**
 * Whether each disclosed key is the key of the field it is said to be of: an encrypted field carries its key's commitment; the stored HMAC of a
 * digest (its name ends in `Hmac`) can be checked by who has the digest. Erased ones must be sealed fields too.
 */
export function checkFields(
  content: Readonly<Record<string, unknown>>,
  keys: Readonly<Record<string, FieldDisclosure>>,
  digests: Digests,
): CheckedFields {
  let checked = NONE
  for (const pointer in keys) {
    const disclosure = keys[pointer]
    const problem = disclosure === undefined ? null : fieldProblem(valueAt(content, pointer), pointer, disclosure, digests)
    if (problem !== null) return { ...checked, problem }
    checked = typeof disclosure === 'string' ? { ...checked, readable: checked.readable + 1 } : { ...checked, erased: checked.erased + 1 }
  }
  return checked
}

function fieldProblem(value: unknown, pointer: string, disclosure: FieldDisclosure, digests: Digests): string | null {
  if (isEncryptedField(value)) {
    if (typeof disclosure !== 'string') return null
    const key = parseHex(disclosure)
    return key !== null && keyCommitment(key, digests) === value.kc ? null : `expected the key of data${pointer}, found another`
  }
  return isHex32(value) && pointer.endsWith('Hmac') ? null : `expected a sealed field at data${pointer}, found none`
}

/** The value that an RFC 6901 pointer names, or undefined. */
function valueAt(content: unknown, pointer: string): unknown {
  let value = content
  for (const token of pointer.slice(1).split('/')) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = Reflect.get(value, name)
  }
  return value
}
