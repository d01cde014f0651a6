import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto'
import { canonicalize, type EncryptedField, readJson } from '@annal/proof'
import { commitmentOf } from './derive-keys.ts'
import { freshIv } from './random-iv.ts'

const TAG_LENGTH = 16

/** AES-256-GCM of the value's RFC 8785 bytes under the field key. A key object is several times cheaper to use than its bytes. */
export function encryptField(fieldKey: Uint8Array, subject: string | null, value: unknown): EncryptedField {
  const iv = freshIv()
  const cipher = createCipheriv('aes-256-gcm', createSecretKey(fieldKey), iv)
  const ciphertext = cipher.update(canonicalText(value), 'utf8')
  cipher.final()
  return {
    enc: 1,
    sub: subject,
    iv: Buffer.from(iv.buffer, iv.byteOffset, iv.length).toString('base64'),
    ct: Buffer.concat([ciphertext, cipher.getAuthTag()]).toString('base64'),
    kc: commitmentOf(fieldKey),
  }
}

type DecryptedField = { readonly status: 'decrypted'; readonly value: unknown } | { readonly status: 'refused'; readonly reason: string }

/** The key's commitment is compared first: AES-GCM alone lets one ciphertext open under two keys. */
export function decryptField(fieldKey: Uint8Array, { iv, ct, kc }: EncryptedField): DecryptedField {
  if (commitmentOf(fieldKey) !== kc) return { status: 'refused', reason: `expected a field key with the commitment ${kc}, found another` }
  const sealed = Buffer.from(ct, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', createSecretKey(fieldKey), Buffer.from(iv, 'base64'))
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_LENGTH))
  const plaintext = decipher.update(sealed.subarray(0, sealed.length - TAG_LENGTH))
  try {
    decipher.final()
    return { status: 'decrypted', value: readJson(plaintext.toString('utf8')) }
  } catch (error) {
    return { status: 'refused', reason: `expected a ciphertext that its tag vouches for, found another (${String(error)})` }
  }
}

/** A well-formed string is by far the most usual value, and JSON.stringify of it its RFC 8785 form. */
function canonicalText(value: unknown): string {
  return typeof value === 'string' && value.isWellFormed() ? JSON.stringify(value) : canonicalize(value)
}
