/**
 * Ed25519 (RFC 8032) comes from outside: Node's crypto, WebCrypto or a library. All three give the same 64 bytes for the same key and
 * message. Keys are the 32 bytes of RFC 8032.
 */
export type VerifyEd25519 = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean | Promise<boolean>

/** Signs with one private key, which stays where it is. */
export type SignEd25519 = (message: Uint8Array) => Uint8Array | Promise<Uint8Array>

export const PUBLIC_KEY_LENGTH = 32
