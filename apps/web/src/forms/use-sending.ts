import type { AnyVariables, CombinedError, TypedDocumentNode } from '@urql/core'
import { useState } from 'react'
import { type Problem, problemOf } from '../graphql/problem.ts'
import { readingClient } from '../reading/reading-client.ts'
import { useSession } from '../session/use-session.ts'

/** What became of something that was sent. `failed`: whether it was done is not known. */
export type Sending =
  | { readonly status: 'editing' }
  | { readonly status: 'pending' }
  | { readonly status: 'refused'; readonly message: string; readonly rule: string | null }
  | { readonly status: 'failed'; readonly problem: Problem }

const NO_DATA: Problem = { kind: 'broken', message: 'The server’s answer holds no data.', correlationId: null }

/** Sends a change and reads again what is shown. The answer is given back, or null when there is none. */
export function useSending() {
  const { client, viewer } = useSession()
  const [sending, setSending] = useState<Sending>({ status: 'editing' })

  async function send<Data, Variables extends AnyVariables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Data | null> {
    setSending({ status: 'pending' })
    const { data, error }: { data?: Data | undefined; error?: CombinedError | undefined } = await client
      .mutation(document, variables)
      .toPromise()
    if (error || !data) {
      setSending({ status: 'failed', problem: error ? problemOf(error) : NO_DATA })
      return null
    }
    setSending({ status: 'editing' })
    readingClient(viewer.workspace.id).again(null)
    return data
  }

  return {
    sending,
    send,
    /** `rule`: the name of the rule that forbids it, if there is one. */
    refuse: (message: string, rule: string | null = null) => setSending({ status: 'refused', message, rule }),
    reset: () => setSending({ status: 'editing' }),
  }
}
