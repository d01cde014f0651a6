import { randomFillSync } from 'node:crypto'

const SALT = 16
const POOLED = 256

let pool = new Uint8Array(0)
let used = 0

/** 16 random bytes that are given out once: drawn for many at a time, because a draw costs more than its bytes. */
export function freshSalt(): Uint8Array {
  if (used === pool.length) {
    pool = randomFillSync(new Uint8Array(SALT * POOLED))
    used = 0
  }
  used += SALT
  return pool.subarray(used - SALT, used)
}
