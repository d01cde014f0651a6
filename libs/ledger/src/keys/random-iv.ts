import { randomFillSync } from 'node:crypto'

export const IV_LENGTH = 12

const pool = Buffer.alloc(IV_LENGTH * 512)
let used = pool.length

/** A random IV that is given out once: drawn from a pool, because one draw for many costs a tenth. Good until the next 512. */
export function freshIv(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += IV_LENGTH
  return pool.subarray(used - IV_LENGTH, used)
}
