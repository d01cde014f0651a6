import type { CombinedError } from '@urql/core'

/** Why something could not be read or done, in the words of the page. */
export interface Problem {
  readonly kind: 'unreachable' | 'signed-out' | 'not-allowed' | 'too-many' | 'invalid' | 'broken'
  /** What happened, as the server said it or as it looks from here. */
  readonly message: string
  /** Names the request in the server's log. */
  readonly correlationId: string | null
}

/** What a request came to. */
export type Answer<Data> = { readonly status: 'answered'; readonly data: Data } | { readonly status: 'failed'; readonly problem: Problem }

const KINDS: Readonly<Record<string, Problem['kind']>> = {
  UNAUTHENTICATED: 'signed-out',
  FORBIDDEN: 'not-allowed',
  WORKSPACE_NOT_FOUND: 'not-allowed',
  RATE_LIMITED: 'too-many',
  BAD_USER_INPUT: 'invalid',
  GRAPHQL_INVALID: 'invalid',
  TOO_COSTLY: 'invalid',
}

const STATUS_KINDS: Readonly<Record<number, Problem['kind']>> = {
  401: 'signed-out',
  403: 'not-allowed',
  404: 'not-allowed',
  429: 'too-many',
  503: 'unreachable',
}

export function problemOf(error: CombinedError): Problem {
  const first = error.graphQLErrors[0]
  const response: unknown = error.response
  const answered = response instanceof Response ? response : null
  const code = textOf(first?.extensions.code)
  return {
    kind: KINDS[code ?? ''] ?? STATUS_KINDS[answered?.status ?? 0] ?? (first || answered ? 'broken' : 'unreachable'),
    message:
      first?.message ??
      (answered ? `The server answered ${answered.status} ${answered.statusText}`.trim() : 'The server can’t be reached.'),
    correlationId: textOf(first?.extensions.correlationId) ?? answered?.headers.get('x-correlation-id') ?? null,
  }
}

/** Turned away before anything was done: then it is known that this attempt changed nothing. */
export function turnedAway({ kind }: Problem): boolean {
  return kind !== 'unreachable' && kind !== 'broken'
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
