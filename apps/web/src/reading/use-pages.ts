import type { TypedDocumentNode } from '@urql/core'
import { useLayoutEffect, useMemo, useSyncExternalStore } from 'react'
import type { Session } from '../session/session.ts'
import { useSession } from '../session/use-session.ts'
import { type Connection, type Pages, pagedReading } from './paged-reading.ts'
import { readingClient } from './reading-client.ts'

interface PageVariables {
  readonly first?: number | null
  readonly after?: string | null
}

/** A list by pages, of which more are read as the reader goes on. */
export function usePages<Data, Row extends { readonly id: string }, Variables extends PageVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  connectionOf: (data: Data) => Connection<Row>,
): Pages<Row> & { readonly more: () => void; readonly again: () => void } {
  return usePagesOf(useSession(), document, variables, connectionOf)
}

/** The same in another session than the page's. */
export function usePagesOf<Data, Row extends { readonly id: string }, Variables extends PageVariables>(
  { viewer, asOf }: Session,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  connectionOf: (data: Data) => Connection<Row>,
): Pages<Row> & { readonly more: () => void; readonly again: () => void } {
  const { client, again } = readingClient(viewer.workspace.id, asOf)
  const key = JSON.stringify(variables)
  const paged = useMemo(() => pagedReading({ client, document, variables, connectionOf }), [client, document, key])
  const state = useSyncExternalStore(paged.subscribe, paged.state)
  useLayoutEffect(() => paged.start(), [paged])
  return { ...state, more: paged.more, again: () => again(null) }
}
