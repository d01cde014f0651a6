import { randomBytes, timingSafeEqual } from 'node:crypto'
import { canonicalBytes } from '@annal/proof'
import { nodeDigests } from './node-digests.ts'
import type { PrivateConnection, PrivateStatement } from './private-database.ts'

const MAC_LENGTH = 32
/** As long as the id that it overwrites. */
const ERASED = '0'.repeat(24)

/**
 * Which reference of a sender stands for which data subject. Of the reference itself only an HMAC is kept; it goes with the erasure.
 * Rows are looked up by the first 16 bits of the HMAC: that much of it wanders through an index, the rest stands in one place.
 */
export class SubjectReferences {
  readonly #select: PrivateStatement
  readonly #insert: PrivateStatement
  readonly #insertBucket: PrivateStatement
  readonly #overwrite: PrivateStatement
  readonly #mac: PrivateStatement
  readonly #deleteBucket: PrivateStatement

  constructor(db: PrivateConnection) {
    this.#select = db.prepare(
      'SELECT mac, subject FROM reference_bucket JOIN reference ON id = reference WHERE workspace = ? AND bucket = ? ORDER BY id',
    )
    this.#insert = db.prepare('INSERT INTO reference (mac, subject) VALUES (?, ?)')
    this.#insertBucket = db.prepare('INSERT INTO reference_bucket (workspace, bucket, reference) VALUES (?, ?, ?)')
    this.#overwrite = db.prepare('UPDATE reference SET mac = ?, subject = ? WHERE id = ?')
    this.#mac = db.prepare('SELECT mac FROM reference WHERE id = ?')
    this.#deleteBucket = db.prepare('DELETE FROM reference_bucket WHERE workspace = ? AND bucket = ? AND reference = ?')
  }

  find(workspace: string, mac: Uint8Array): string | null {
    const rows = this.#select.all(workspace, bucketOf(mac))
    const found = rows.find((row) => row.mac instanceof Uint8Array && timingSafeEqual(row.mac, mac))
    return found === undefined ? null : String(found.subject)
  }

  /** Within a transaction; so below. The number of the new row. */
  add(workspace: string, mac: Uint8Array, subject: string): number {
    const id = this.#insert.run(mac, subject)
    this.#insertBucket.run(workspace, bucketOf(mac), id)
    return id
  }

  destroy(workspace: string, id: number): void {
    const mac = this.#mac.get(id)?.mac
    if (mac instanceof Uint8Array) this.#deleteBucket.run(workspace, bucketOf(mac), id)
    this.#overwrite.run(new Uint8Array(MAC_LENGTH), ERASED, id)
  }
}

/** @throws NotJson when the reference holds a lone surrogate. */
export function referenceMac(referenceKey: Uint8Array, reference: string): Uint8Array {
  return nodeDigests.hmacSha256(referenceKey, canonicalBytes(['annal/subject/v1', reference]))
}

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'

/** `sub_` and 20 base32 digits: 100 random bits. */
export function mintSubjectId(): string {
  return `sub_${Array.from(randomBytes(20), (byte) => BASE32.charAt(byte & 31)).join('')}`
}

function bucketOf(mac: Uint8Array): number {
  return ((mac[0] ?? 0) << 8) | (mac[1] ?? 0)
}
