import { randomFillSync } from 'node:crypto'

/** A UUID of version 7 (RFC 9562): 48 bits of milliseconds, 74 random bits. Ids of one millisecond are in no order. */
export function uuidV7(milliseconds: number): string {
  const bytes = randomFillSync(Buffer.alloc(16))
  bytes.writeUIntBE(milliseconds, 0, 6)
  bytes[6] = 0x70 | (bytes.readUInt8(6) & 0x0f)
  bytes[8] = 0x80 | (bytes.readUInt8(8) & 0x3f)
  return uuidText(bytes)
}

/** 16 bytes in the text form of a UUID. */
export function uuidText(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
