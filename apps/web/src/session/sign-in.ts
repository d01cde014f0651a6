/** What came of handing the one-time token in. */
export type SignIn =
  | { readonly status: 'signed-in'; readonly workspace: string | null }
  | { readonly status: 'no-token' }
  | { readonly status: 'token-refused' }
  | { readonly status: 'store-unavailable'; readonly correlationId: string | null }
  | { readonly status: 'unreachable' }
  | { readonly status: 'broken'; readonly message: string; readonly correlationId: string | null }

/** The token in a sign-in link's fragment, which browsers never send: `#…` or `#token=…`. */
export function tokenIn(fragment: string): string | null {
  const text = fragment.replace(/^#/, '')
  return (text.includes('=') ? new URLSearchParams(text).get('token') : text) || null
}

/** A path within this dashboard to go on to, or null for anything that leads elsewhere. */
export function safeNext(next: unknown): string | null {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in') ? next : null
}

/** Exchanges the token for a session cookie. A token is good once. */
export async function signIn(token: string): Promise<SignIn> {
  try {
    const response = await fetch('/session', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    })
    return outcomeOf(response.status, await bodyOf(response))
  } catch (error) {
    console.warn('The sign-in request got no answer.', error)
    return { status: 'unreachable' }
  }
}

interface Body {
  readonly workspace: string | null
  readonly code: string | null
  readonly message: string | null
  readonly correlationId: string | null
}

function outcomeOf(status: number, body: Body): SignIn {
  if (status >= 200 && status < 300) return { status: 'signed-in', workspace: body.workspace }
  if (status === 400 || status === 401 || status === 403) return { status: 'token-refused' }
  if (status === 503 || body.code === 'STORE_UNAVAILABLE') return { status: 'store-unavailable', correlationId: body.correlationId }
  return { status: 'broken', message: body.message ?? `The server answered ${status}.`, correlationId: body.correlationId }
}

async function bodyOf(response: Response): Promise<Body> {
  const text = await response.text()
  const value: unknown = response.headers.get('content-type')?.includes('json') && text !== '' ? JSON.parse(text) : null
  const error = member(value, 'error')
  return {
    workspace: textMember(value, 'workspace'),
    code: textMember(error, 'code'),
    message: textMember(error, 'message'),
    correlationId: textMember(error, 'correlationId'),
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined
}

function textMember(value: unknown, name: string): string | null {
  const found = member(value, name)
  return typeof found === 'string' ? found : null
}
