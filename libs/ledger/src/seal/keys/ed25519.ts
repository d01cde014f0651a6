import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { SignEd25519, VerifyEd25519 } from '@annal/proof'

/** What stands before the 32 bytes of an Ed25519 public key in its SubjectPublicKeyInfo (RFC 8410). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

/** Ed25519 by Node. */
export const verifyEd25519: VerifyEd25519 = (publicKey, message, signature) => {
  const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' })
  return verify(null, message, key, signature)
}

export function signEd25519(privateKey: KeyObject): SignEd25519 {
  return (message) => sign(null, message, privateKey)
}

/** The 32 bytes of the public half. */
export function publicKeyOf(privateKey: KeyObject): Uint8Array {
  return new Uint8Array(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(SPKI.length))
}
