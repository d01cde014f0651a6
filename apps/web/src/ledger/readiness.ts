export interface ReadinessCheck {
  readonly name: string
  readonly status: 'ok' | 'warned' | 'failed'
  readonly reason: string | null
}

export type Readiness =
  | { readonly status: 'read'; readonly checks: readonly ReadinessCheck[] }
  | { readonly status: 'unreachable'; readonly reason: string }

/** What the server says of what it needs. 503 is an answer too. */
export async function readReadiness(): Promise<Readiness> {
  try {
    const response = await fetch('/health/ready', { credentials: 'omit' })
    const checks = checksOf(await response.json())
    return checks === null
      ? { status: 'unreachable', reason: 'The server’s answer is none that is known here.' }
      : { status: 'read', checks }
  } catch (error) {
    return { status: 'unreachable', reason: `The server can’t be asked: ${error instanceof Error ? error.message : String(error)}` }
  }
}

function checksOf(body: unknown): readonly ReadinessCheck[] | null {
  if (typeof body !== 'object' || body === null || !('checks' in body)) return null
  if (typeof body.checks !== 'object' || body.checks === null) return null
  return Object.entries(body.checks).map(([name, check]) => checkOf(name, check))
}

/** What can't be read counts as failed. */
function checkOf(name: string, check: unknown): ReadinessCheck {
  if (typeof check !== 'object' || check === null || !('status' in check)) return { name, status: 'failed', reason: null }
  const status = check.status === 'ok' || check.status === 'warned' ? check.status : 'failed'
  return { name, status, reason: 'reason' in check && typeof check.reason === 'string' ? check.reason : null }
}
