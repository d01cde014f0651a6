// biome-ignore lint/style/noRestrictedImports: Ed25519 is given to the package from outside; tests give it Node's.
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import type { SignEd25519, VerifyEd25519 } from '../src/index.ts'

const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

const privateKey = (seed: Uint8Array) => createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })

export const verifyEd25519: VerifyEd25519 = (publicKey, message, signature) =>
  verify(null, message, createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' }), signature)

export const signEd25519 = (seed: Uint8Array): SignEd25519 => {
  const key = privateKey(seed)
  return (message) => new Uint8Array(sign(null, message, key))
}

export function publicKeyOf(seed: Uint8Array): Uint8Array {
  return new Uint8Array(createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' }).subarray(SPKI.length))
}
