const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** The 16 bytes of a lower-case UUID of any version. */
export function uuidBytes(id: string): Uint8Array {
  if (!UUID.test(id)) throw new Error(`expected a lower-case UUID, found ${JSON.stringify(id)}`)
  return Buffer.from(id.replaceAll('-', ''), 'hex')
}

/** The lower-case UUID of 32 hex digits of any case. */
export function uuidText(hex: string): string {
  const text = hex.toLowerCase()
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`
}
