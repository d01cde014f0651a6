/** The bytes as a buffer of their own, which is what ASN.1 libraries and WebCrypto take. */
export function bufferOf(bytes: Uint8Array): ArrayBuffer {
  const buffer = new ArrayBuffer(bytes.length)
  new Uint8Array(buffer).set(bytes)
  return buffer
}
