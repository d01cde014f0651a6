import { type EncryptedField, isEncryptedField } from '@annal/proof'
import { type EventContent, pointerTo } from './json-pointer.ts'

/** What stands in stored data in place of a field that is not plain text. */
export type SealedValue =
  | { readonly how: 'encrypted'; readonly pointer: string; readonly field: EncryptedField }
  /** An HMAC: told by its name, which ends in `Hmac`, and 64 hex digits. Whose it is doesn't stand there. */
  | { readonly how: 'digest'; readonly pointer: string }
  /** Has the members that tell an encrypted field, and is none. */
  | { readonly how: 'malformed'; readonly pointer: string }

/** All sealed values of stored data, in the order of its members. */
export function sealedValues(content: EventContent): SealedValue[] {
  const found: SealedValue[] = []
  collectMembers(content, '', found)
  return found
}

/**
 * A pointer to something in plain data that would be taken for a sealed field of ours once stored, or null. Nothing but sealing may
 * write such a thing.
 */
export function findLookAlike(content: EventContent): string | null {
  return lookAlikeIn(content)
}

const HMAC = /^[0-9a-f]{64}$/

function collectMembers(container: object, parent: string, found: SealedValue[]): void {
  for (const [name, value] of Object.entries(container)) {
    if (typeof value === 'object' && value !== null) collectContainer(value, pointerTo(parent, name), found)
    else if (typeof value === 'string' && name.endsWith('Hmac') && HMAC.test(value))
      found.push({ how: 'digest', pointer: pointerTo(parent, name) })
  }
}

function collectContainer(container: object, pointer: string, found: SealedValue[]): void {
  if (!hasSealedMembers(container)) collectMembers(container, pointer, found)
  else if (isEncryptedField(container)) found.push({ how: 'encrypted', pointer, field: container })
  else found.push({ how: 'malformed', pointer })
}

/** The pointer is made on the way back from what was found, because almost always nothing is. */
function lookAlikeIn(container: object): string | null {
  if (hasSealedMembers(container)) return ''
  for (const name of Object.keys(container)) {
    const value: unknown = Reflect.get(container, name)
    const found = typeof value === 'object' && value !== null ? lookAlikeIn(value) : null
    if (found !== null) return pointerTo('', name) + found
  }
  return null
}

function hasSealedMembers(container: object): boolean {
  return Object.hasOwn(container, 'enc') && Object.hasOwn(container, 'ct') && Object.hasOwn(container, 'kc')
}
