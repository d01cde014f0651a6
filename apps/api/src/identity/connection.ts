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

/** A page of a list that is held in memory; the key of an entry is its id. */
export function pageOfList<Node extends { readonly id: string }>(all: readonly Node[], { first, after }: PageArguments): Connection<Node> {
  const start = after ? all.findIndex(({ id }) => id === after) + 1 : 0
  const shown = all.slice(start, start + pageSize(first))
  return connection(shown, { cursorOf: ({ id }) => id, more: start + shown.length < all.length, before: start > 0 })
}

interface Keyed<Node> {
  readonly keyOf: (node: Node) => { readonly at: string; readonly id: string }
  read(page: NewestFirst): readonly Node[] | Promise<readonly Node[]>
}

/** A page of what is stored newest first; the key of an entry is an instant and its id. */
export async function pageByInstant<Node>({ first, after }: PageArguments, { keyOf, read }: Keyed<Node>): Promise<Connection<Node>> {
  const size = pageSize(first)
  const found = await read({ after: after ? keyOfCursor(after) : null, limit: size + 1 })
  const cursorOf = (node: Node) => `${keyOf(node).at}_${keyOf(node).id}`
  return connection(found.slice(0, size), { cursorOf, more: found.length > size, before: Boolean(after) })
}

function keyOfCursor(cursor: string): { at: string; id: string } {
  const [, at, id] = /^(\d{4}-[0-9TZ:.-]{15,25})_([\w-]{1,64})$/.exec(cursor) ?? []
  if (at === undefined || id === undefined) throw new TypedError('BAD_USER_INPUT', 'A cursor must be one that was given out.')
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
