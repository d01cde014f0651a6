import { hashes, verify } from '@noble/ed25519'
import { sha512 } from '@noble/hashes/sha2.js'
import { PUBLIC_KEY_LENGTH, type VerifyEd25519 } from './ed25519.ts'

const SIGNATURE_LENGTH = 64

/** Verification in JavaScript alone: the same in Node and in every browser. By RFC 8032: encodings that it excludes are refused. */
export const nobleVerifyEd25519: VerifyEd25519 = (publicKey, message, signature) => {
  if (publicKey.length !== PUBLIC_KEY_LENGTH || signature.length !== SIGNATURE_LENGTH) return false
  hashes.sha512 = sha512
  return verify(signature, message, publicKey, { zip215: false })
}
