import type { Actor } from '@annal/ledger'

/** The strongest first. */
export const roles = ['ADMINISTRATOR', 'RISK_MANAGER', 'APPROVER', 'AUDITOR', 'REGULATOR', 'SERVICE'] as const
export type Role = (typeof roles)[number]

/** Who asks, as the credential says. Nothing of it ever comes from a request's body. */
export interface Caller {
  readonly workspace: string
  /** All that the credential may be here; one at least. */
  readonly roles: readonly Role[]
  /** The strongest of them. */
  readonly role: Role
  readonly actor: Actor
  readonly via: 'key' | 'session'
  /** The id of the session, if it is one. */
  readonly session: string | null
  /** Names the credential for rate limits, without being it. */
  readonly credential: string
  readonly requestsPerSecond: number
}

export const DEFAULT_REQUESTS_PER_SECOND = 2_000
