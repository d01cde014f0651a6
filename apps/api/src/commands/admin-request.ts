import { normaliseInstant } from '@annal/proof'
import { type Role, roles } from '../identity/caller.ts'
import type { KeyRetirement } from '../log/signing-keys.ts'

/** What an operator asks of the server. */
export type AdminRequest =
  | {
      readonly command: 'issue-key'
      readonly workspace: string
      readonly role: Role
      readonly name: string
      readonly requestsPerSecond: number | null
    }
  | { readonly command: 'revoke-key'; readonly workspace: string; readonly key: string }
  | { readonly command: 'rebuild' }
  | { readonly command: 'sign-in-link' }
  /** A new key signs tree heads; the old ones sign beside it for so many hours, or end at once if they are compromised. */
  | { readonly command: 'rotate-signing-key'; readonly overlapHours: number; readonly because: KeyRetirement }
  /** Continues a closed log under a new origin, where nobody can sign in to decide it. */
  | { readonly command: 'continue-log'; readonly workspace: string; readonly reason: string }
  | { readonly command: 'workspaces' }
  /** Of a sample only, for whoever plays its story. `to`: a normalised instant. */
  | { readonly command: 'advance-clock'; readonly to: string }

export type AdminAnswer = { readonly status: 'done'; readonly text: string } | { readonly status: 'refused'; readonly message: string }

/** A year. */
export const MOST_OVERLAP_HOURS = 8_760

/** A request as it came over the socket, or null for anything else. */
export function readAdminRequest(line: string): AdminRequest | null {
  const value = parsed(line)
  switch (value?.command) {
    case 'rebuild':
    case 'sign-in-link':
    case 'workspaces':
      return { command: value.command }
    case 'advance-clock': {
      const to = normaliseInstant(String(value.to))
      return to.status === 'refused' ? null : { command: 'advance-clock', to: to.instant }
    }
    case 'rotate-signing-key': {
      const overlapHours = Number(value.overlapHours)
      if (value.because === 'compromised') return { command: 'rotate-signing-key', overlapHours: 0, because: 'compromised' }
      return overlapHours >= 0 && overlapHours <= MOST_OVERLAP_HOURS
        ? { command: 'rotate-signing-key', overlapHours, because: 'rotated' }
        : null
    }
    case 'continue-log':
      return { command: 'continue-log', workspace: String(value.workspace), reason: String(value.reason) }
    case 'revoke-key':
      return { command: 'revoke-key', workspace: String(value.workspace), key: String(value.key) }
    case 'issue-key': {
      const role = readRole(String(value.role))
      if (role === null) return null
      const rate = typeof value.requestsPerSecond === 'number' ? value.requestsPerSecond : null
      return { command: 'issue-key', workspace: String(value.workspace), role, name: String(value.name), requestsPerSecond: rate }
    }
    default:
      return null
  }
}

/** `service`, `SERVICE`, `risk-manager`. */
export function readRole(text: string): Role | null {
  const upper = text.toUpperCase().replaceAll('-', '_')
  return roles.find((role) => role === upper) ?? null
}

function parsed(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null
  } catch {
    return null // Not JSON is no request of ours.
  }
}
