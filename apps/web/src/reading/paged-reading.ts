import type { AnyVariables, Client, TypedDocumentNode } from '@urql/core'
import { type Problem, problemOf } from '../graphql/problem.ts'

export interface Connection<Row> {
  readonly edges: readonly { readonly node: Row }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  readonly count?: { readonly value: number; readonly exact: boolean }
}

/** What is loaded of a list. `next`: whether more follows, and why it doesn't come. */
export interface Pages<Row> {
  readonly status: 'loading' | 'failed' | 'read'
  readonly rows: readonly Row[]
  readonly count: { readonly value: number; readonly exact: boolean } | null
  readonly next: 'end' | 'idle' | 'loading' | 'failed'
  readonly problem: Problem | null
}

interface Options<Data, Row, Variables extends AnyVariables> {
  readonly client: Client
  readonly document: TypedDocumentNode<Data, Variables>
  readonly variables: Variables
  readonly connectionOf: (data: Data) => Connection<Row>
}

interface Page<Row> {
  readonly after: string | null
  readonly stop: () => void
  connection: Connection<Row> | null
  problem: Problem | null
}

const NOTHING = { status: 'loading', rows: [], count: null, next: 'loading', problem: null } as const

/** Follows each page that was asked for. When a page's end moves, the one behind it is asked for anew from there. */
export function pagedReading<Data, Row extends { readonly id: string }, Variables extends AnyVariables>({
  client,
  document,
  variables,
  connectionOf,
}: Options<Data, Row, Variables>) {
  let pages: Page<Row>[] = []
  let state: Pages<Row> = NOTHING
  const listeners = new Set<() => void>()

  function publish(): void {
    state = stateOf(pages)
    for (const listener of listeners) listener()
  }

  function open(index: number, after: string | null, before: Connection<Row> | null): void {
    const page: Page<Row> = { after, stop: () => subscription.unsubscribe(), connection: before, problem: null }
    pages[index] = page
    const subscription = client.query(document, { ...variables, after }).subscribe(({ data, error }) => {
      if (pages[index] !== page) return
      if (error) page.problem = problemOf(error)
      else if (data) {
        page.connection = connectionOf(data)
        page.problem = null
        moveNext(index, page.connection)
      }
      publish()
    })
  }

  /** The page behind begins where this one ends now. */
  function moveNext(index: number, { pageInfo }: Connection<Row>): void {
    const next = pages[index + 1]
    if (!next || next.after === pageInfo.endCursor) return
    next.stop()
    if (pageInfo.hasNextPage) open(index + 1, pageInfo.endCursor, next.connection)
    else for (const page of pages.splice(index + 1)) page.stop()
  }

  return {
    state: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start: () => {
      if (pages.length === 0) open(0, null, null)
      return () => {
        for (const page of pages) page.stop()
        pages = []
      }
    },
    more: () => {
      const last = pages.at(-1)
      if (last?.problem) return reopen(last)
      if (last?.connection?.pageInfo.hasNextPage) {
        open(pages.length, last.connection.pageInfo.endCursor, null)
        publish()
      }
    },
  }

  function reopen(page: Page<Row>): void {
    page.stop()
    open(pages.indexOf(page), page.after, page.connection)
    publish()
  }
}

function stateOf<Row extends { readonly id: string }>(pages: readonly Page<Row>[]): Pages<Row> {
  const [first] = pages
  const last = pages.at(-1)
  if (!first || !last) return NOTHING
  if (first.connection === null) return { ...NOTHING, status: first.problem === null ? 'loading' : 'failed', problem: first.problem }
  return {
    status: 'read',
    rows: unique(pages.flatMap(({ connection }) => connection?.edges.map(({ node }) => node) ?? [])),
    count: first.connection.count ?? null,
    next: nextOf(last),
    problem: pages.find(({ problem }) => problem !== null)?.problem ?? null,
  }
}

function nextOf<Row>(last: Page<Row>): Pages<Row>['next'] {
  if (last.connection === null) return last.problem === null ? 'loading' : 'failed'
  return last.connection.pageInfo.hasNextPage ? 'idle' : 'end'
}

/** A row that moved from one page to another while they were read stands once. */
function unique<Row extends { readonly id: string }>(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}
