import type { TypedDocumentNode } from '@urql/core'
import { useEffect } from 'react'
import type { Problem } from '../graphql/problem.ts'
import type { Connection } from '../reading/paged-reading.ts'
import { usePagesOf } from '../reading/use-pages.ts'
import type { Session } from '../session/session.ts'

interface PageVariables {
  readonly first?: number | null
  readonly after?: string | null
}

/** `whole`: every row is there. Half a list can't be compared. */
export interface WholeList<Row> {
  readonly whole: boolean
  readonly rows: readonly Row[]
  readonly of: number | null
  readonly problem: Problem | null
  readonly again: () => void
}

/** A list to its end, page by page, and kept as the record is. */
export function useWhole<Data, Row extends { readonly id: string }, Variables extends PageVariables>(
  session: Session,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  connectionOf: (data: Data) => Connection<Row>,
): WholeList<Row> {
  const { rows, count, next, problem, more, again } = usePagesOf(session, document, variables, connectionOf)
  const loaded = rows.length
  useEffect(() => {
    if (next === 'idle') more()
  }, [next, loaded, more])
  return {
    whole: next === 'end',
    rows,
    of: count === null ? null : count.value,
    problem,
    again: next === 'failed' ? more : again,
  }
}
