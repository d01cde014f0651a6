import { hash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 32 random bytes as text that survives headers, URLs and shells. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

export function randomId(prefix: 'ws' | 'per' | 'ses'): string {
  return `${prefix}_${randomBytes(10).toString('hex')}`
}

export function secretHash(secret: string): string {
  return hash('sha256', secret, 'hex')
}

/** In time that doesn't depend on where they differ. */
export function sameText(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a, 'latin1'), Buffer.from(b, 'latin1'))
}
