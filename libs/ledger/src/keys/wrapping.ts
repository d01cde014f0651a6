import { createCipheriv, createDecipheriv } from 'node:crypto'
import { canonicalBytes } from '@annal/proof'
import { StoreCorrupt } from '../event-store.ts'
import type { MasterKey } from './master-key.ts'
import { freshIv, IV_LENGTH } from './random-iv.ts'

/**
 * A key of 32 bytes under the master key: IV (12) ‖ AES-256-GCM ciphertext (32) ‖ tag (16). What the key is for and whose it is
 * are bound to it as associated data, so that wrapped keys can't be exchanged for one another.
 */
export const WRAPPED_LENGTH = 60
const KEY_LENGTH = 32
const TAG_LENGTH = 16

/** The purpose first, then what identifies the key within it. */
export type KeyName = readonly [purpose: string, ...identity: (string | number)[]]

export function wrap(masterKey: MasterKey, name: KeyName, key: Uint8Array): Uint8Array {
  if (key.length !== KEY_LENGTH) throw new Error(`expected a key of ${KEY_LENGTH} bytes, found ${key.length}`)
  const iv = freshIv()
  const cipher = createCipheriv('aes-256-gcm', masterKey, iv)
  cipher.setAAD(associated(name))
  return Buffer.concat([iv, cipher.update(key), cipher.final(), cipher.getAuthTag()])
}

/** @throws StoreCorrupt when these bytes were not wrapped by this master key under this name. */
export function unwrap(masterKey: MasterKey, name: KeyName, wrapped: Uint8Array): Uint8Array {
  if (wrapped.length !== WRAPPED_LENGTH) throw corrupt(name, `${wrapped.length} bytes`)
  const decipher = createDecipheriv('aes-256-gcm', masterKey, wrapped.subarray(0, IV_LENGTH))
  decipher.setAAD(associated(name))
  decipher.setAuthTag(wrapped.subarray(WRAPPED_LENGTH - TAG_LENGTH))
  const key = new Uint8Array(decipher.update(wrapped.subarray(IV_LENGTH, IV_LENGTH + KEY_LENGTH)))
  try {
    decipher.final()
  } catch (error) {
    throw corrupt(name, 'bytes that it does not open', error)
  }
  return key
}

function associated(name: KeyName): Uint8Array {
  return canonicalBytes(['annal/wrap/v1', ...name])
}

function corrupt(name: KeyName, found: string, cause?: unknown): StoreCorrupt {
  return new StoreCorrupt(`key store: expected the key [${name.join(', ')}] wrapped by the master key, found ${found}`, { cause })
}
