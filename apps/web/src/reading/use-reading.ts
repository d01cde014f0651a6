import type { AnyVariables, TypedDocumentNode } from '@urql/core'
import { useLayoutEffect, useState } from 'react'
import { type Problem, problemOf } from '../graphql/problem.ts'
import type { Session } from '../session/session.ts'
import { useSession } from '../session/use-session.ts'
import { readingClient } from './reading-client.ts'

/** `behind`: what is shown could not be read again, and why. */
export type Reading<Data> =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly problem: Problem }
  | { readonly status: 'read'; readonly data: Data; readonly behind: Problem | null }

const LOADING = { status: 'loading' } as const

/** Reads while the component is shown: at once what is known, then as it is now, and again whenever the record touches it. */
export function useReading<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): { readonly reading: Reading<Data>; readonly again: () => void } {
  return useReadingOf(useSession(), document, variables)
}

/** The same in another session than the page's. */
export function useReadingOf<Data, Variables extends AnyVariables>(
  { viewer, asOf }: Session,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): { readonly reading: Reading<Data>; readonly again: () => void } {
  const { client, again } = readingClient(viewer.workspace.id, asOf)
  const key = JSON.stringify(variables)
  const [held, setHeld] = useState<{
    readonly by: unknown
    readonly of: unknown
    readonly key: string
    readonly reading: Reading<Data>
  } | null>(null)

  // Before the paint: what the cache holds is there with the page.
  useLayoutEffect(() => {
    const { unsubscribe } = client.query(document, variables).subscribe(({ data, error }) => {
      setHeld((before) => ({
        by: client,
        of: document,
        key,
        reading: readingOf(data, error ? problemOf(error) : null, before?.key === key && before.by === client ? before.reading : LOADING),
      }))
    })
    return unsubscribe
  }, [client, document, key])

  // What was read as of another instant is never shown.
  const mine = held?.key === key && held.of === document && held.by === client
  return { reading: mine ? held.reading : LOADING, again: () => again(null) }
}

function readingOf<Data>(data: Data | undefined | null, problem: Problem | null, before: Reading<Data>): Reading<Data> {
  if (problem === null) return data === undefined || data === null ? LOADING : { status: 'read', data, behind: null }
  return before.status === 'read' ? { ...before, behind: problem } : { status: 'failed', problem }
}
