import type { NewestFirst } from '@annal/ledger'
import { TypedError } from '../http/typed-error.ts'
import { pageSize } from '../trail/page-request.ts'

export interface PageArguments {
  readonly first?: number | null
  readonly after?: string | null
}

interface Edge<Node> {
  readonly cursor: string
  readonly node: Node
}

export interface Connection<Node> {
  readonly edges: readonly Edge<Node>[]
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
}

interface Named {
  readonly id: string
  readonly name: string | null
}

/** A page of a list that is held in memory, sorted by `order`. The cursor holds the key, and so its place when who stood there left the list. */
export function pageByName<Node extends Named>(
  sorted: readonly Node[],
  { first, after }: PageArguments,
  order: (a: Named, b: Named) => number,
): Connection<Node> {
  const behind = isGiven(after) ? namedIn(after) : null
  const found = behind === null ? 0 : sorted.findIndex((node) => order(node, behind) > 0)
  const start = found === -1 ? sorted.length : found
  const shown = sorted.slice(start, start + pageSize(first))
  const cursorOf = ({ name, id }: Node) => Buffer.from(JSON.stringify([name, id])).toString('base64url')
  return connection(shown, { cursorOf, more: start + shown.length < sorted.length, before: start > 0 })
}

function namedIn(cursor: string): Named {
  try {
    const [name, id, ...more] = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if ((name === null || typeof name === 'string') && typeof id === 'string' && more.length === 0) return { name, id }
  } catch {
    // Neither base64url nor a list: as bad as a list of other things.
  }
  throw notGivenOut()
}

function isGiven(after: string | null | undefined): after is string {
  return after !== null && after !== undefined
}

interface Keyed<Node> {
  readonly keyOf: (node: Node) => { readonly at: string; readonly id: string }
  read(page: NewestFirst): readonly Node[] | Promise<readonly Node[]>
}

/** A page of what is stored newest first; the key of an entry is an instant and its id. */
export async function pageByInstant<Node>({ first, after }: PageArguments, { keyOf, read }: Keyed<Node>): Promise<Connection<Node>> {
  const size = pageSize(first)
  const found = await read({ after: isGiven(after) ? keyOfCursor(after) : null, limit: size + 1 })
  const cursorOf = (node: Node) => `${keyOf(node).at}_${keyOf(node).id}`
  return connection(found.slice(0, size), { cursorOf, more: found.length > size, before: isGiven(after) })
}

function keyOfCursor(cursor: string): { at: string; id: string } {
  const [, at, id] = /^(\d{4}-[0-9TZ:.-]{15,25})_([\w-]{1,64})$/.exec(cursor) ?? []
  if (at === undefined || id === undefined) throw notGivenOut()
  return { at, id }
}

interface Shown<Node> {
  readonly cursorOf: (node: Node) => string
  readonly more: boolean
  readonly before: boolean
}

function connection<Node>(shown: readonly Node[], { cursorOf, more, before }: Shown<Node>): Connection<Node> {
  const edges = shown.map((node) => ({ cursor: cursorOf(node), node }))
  return {
    edges,
    pageInfo: {
      hasNextPage: more,
      hasPreviousPage: before,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}

function notGivenOut(): TypedError {
  return new TypedError('BAD_USER_INPUT', 'A cursor must be one that was given out.')
}
