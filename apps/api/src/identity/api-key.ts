import type { Role } from './caller.ts'
import { secretHash } from './secret.ts'

/** An API key as the events of its workspace tell of it. The secret is nowhere. */
export interface ApiKeyRecord {
  readonly id: string
  readonly workspace: string
  readonly name: string
  readonly role: Role
  readonly issuedAt: string
  readonly issuedBy: string
  readonly expiresAt: string | null
  readonly revokedAt: string | null
  readonly requestsPerSecond: number
}

/** What an API key may do. Decisions are made by people, so no key decides, and none opens doors for others. */
export const keyRoles: readonly Role[] = ['SERVICE', 'AUDITOR']

export interface PresentedKey {
  readonly id: string
  readonly secret: string
}

const API_KEY = /^(ak_[0-9a-f]{32})_([A-Za-z0-9_-]{43})$/

/** `ak_<id>_<secret>`. */
export function parseApiKey(text: string): PresentedKey | null {
  const [, id, secret] = API_KEY.exec(text) ?? []
  return id === undefined || secret === undefined ? null : { id, secret }
}

export function formatApiKey({ id, secret }: PresentedKey): string {
  return `${id}_${secret}`
}

/**
 * A key's id is `ak_` and the first 128 bits of the SHA-256 of its secret. So the event that issued the key fixes its secret, and nothing
 * else has to be kept: who finds another secret for an id has found a second preimage.
 */
export function keyIdOf(secret: string): string {
  return `ak_${secretHash(secret).slice(0, 32)}`
}
