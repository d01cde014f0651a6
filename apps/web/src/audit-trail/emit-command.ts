interface Emit {
  readonly origin: string
  readonly id: string
  readonly occurredAt: string
  /** Data of a `SystemRegistered`. */
  readonly example: unknown
}

const APPEND =
  'mutation($events:[EventEnvelopeInput!]!){append(events:$events){outcomes{... on Receipt{id position} ... on Refusal{code message path}}}}'

/** A curl command that records one event: sent twice, it is still one. */
export function emitCommand({ origin, id, occurredAt, example }: Emit): string {
  const body = { query: APPEND, variables: { events: [{ id, occurredAt, event: { systemRegistered: example } }] } }
  return [
    `curl -sS ${origin}/graphql \\`,
    `  -H "authorization: Bearer $ANNAL_KEY" \\`,
    `  -H 'content-type: application/json' \\`,
    `  --data-binary ${inShell(JSON.stringify(body))}`,
  ].join('\n')
}

/** Text as one word of a POSIX shell. */
function inShell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
