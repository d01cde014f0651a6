import { createHash } from 'node:crypto'
import { uuidText } from '../uuid-v7.ts'

/**
 * The id that Annal gives a CloudEvent: a UUID of version 8 from the first 16 bytes of
 * SHA-256(JCS ["annal/ce/v1", workspace, source, id]). The JCS of strings is what JSON.stringify writes.
 */
export function cloudEventId(workspace: string, source: string, id: string): string {
  const bytes = createHash('sha256')
    .update(JSON.stringify(['annal/ce/v1', workspace, source, id]))
    .digest()
    .subarray(0, 16)
  bytes[6] = 0x80 | (bytes.readUInt8(6) & 0x0f)
  bytes[8] = 0x80 | (bytes.readUInt8(8) & 0x3f)
  return uuidText(bytes)
}
