import type { ErrorCode } from '../http/typed-error.ts'

interface Sender {
  send(text: string, sent?: (error?: Error) => void): void
}

interface Sent {
  readonly message: string
  readonly extensions?: { readonly code?: string }
}

/** Mercurius writes every message so; what it writes of others than errors is left unread. */
const ERROR = '{"type":"error",'
/** What graphql-js says to senders. All else that has no code is Mercurius' own, or broke in it over a message of another form. */
const TOLD: readonly (readonly [RegExp, ErrorCode])[] = [
  [/^Syntax Error: /, 'GRAPHQL_INVALID'],
  [/^Variable "\$/, 'BAD_USER_INPUT'],
]

/** Mercurius sends what is wrong with a message itself as it was thrown, and has no hook for that: such errors get the form of all others. */
export function presentSocketErrors(socket: Sender, correlationId: string): void {
  const send = socket.send.bind(socket)
  socket.send = (text, sent) => send(text.startsWith(ERROR) ? presented(text, correlationId) : text, sent)
}

function presented(text: string, correlationId: string): string {
  const { payload, ...message } = JSON.parse(text) as { readonly payload: readonly Sent[] }
  return JSON.stringify({ ...message, payload: payload.map((error) => withCode(error, correlationId)) })
}

function withCode(error: Sent, correlationId: string): object {
  if (error.extensions?.code !== undefined) return error
  const told = TOLD.find(([words]) => words.test(error.message))
  if (told !== undefined) return { ...error, extensions: { code: told[1], correlationId } }
  return { message: EXPECTED, extensions: { code: 'BAD_REQUEST', correlationId } }
}

const EXPECTED =
  'A message must be JSON as in graphql-transport-ws; `subscribe` has a payload with one subscription as its `query`, and `variables` in an object.'
