import { type Role, roles } from '../identity/caller.ts'

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
  | { readonly command: 'workspaces' }

export type AdminAnswer = { readonly status: 'done'; readonly text: string } | { readonly status: 'refused'; readonly message: string }

/** A request as it came over the socket, or null for anything else. */
export function readAdminRequest(line: string): AdminRequest | null {
  const value = parsed(line)
  switch (value?.command) {
    case 'rebuild':
    case 'sign-in-link':
    case 'workspaces':
      return { command: value.command }
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
