import { useRef, useState } from 'react'
import type { Problem } from '../graphql/problem.ts'
import { readingClient } from '../reading/reading-client.ts'
import { useSession } from '../session/use-session.ts'
import { announce } from '../ui/announce.ts'
import type { Decision, FormValues } from './decision.ts'
import type { DecisionReceipt } from './decisions-documents.ts'
import { dropDraft, keepDraft, readDraft } from './draft.ts'

/** Pending until the record is durable; never shown as done before. `failed`: whether it was recorded is not known. */
export type DecisionState =
  | { readonly status: 'editing' }
  | { readonly status: 'pending' }
  | { readonly status: 'recorded'; readonly receipts: readonly DecisionReceipt[] }
  | { readonly status: 'refused'; readonly reason: string; readonly message: string; readonly path: string | null }
  | { readonly status: 'failed'; readonly problem: Problem }

export function useDecision(decision: Decision) {
  // Without a cache: what is decided is read from the record.
  const { viewer, client } = useSession()
  const workspace = viewer.workspace.id
  const [draft] = useState(() => readDraft(workspace, decision.name))
  const id = useRef(draft?.id ?? crypto.randomUUID())
  const [state, setState] = useState<DecisionState>({ status: 'editing' })

  async function send(values: FormValues): Promise<void> {
    const { freshness, again } = readingClient(workspace)
    setState({ status: 'pending' })
    const answer = await decision.send(client, id.current, values)
    if (answer.status === 'failed') return setState({ status: 'failed', problem: answer.problem })
    const { result } = answer.data
    switch (result.__typename) {
      case 'DecisionRecorded':
        dropDraft(workspace, decision.name)
        freshness.recorded(result.position)
        setState({ status: 'recorded', receipts: result.receipts })
        announce(`${decision.title}: recorded`)
        again(null)
        return
      case 'DecisionRefused':
        return setState({ status: 'refused', reason: result.reason, message: result.message, path: result.path })
      case 'NotAllowed':
        return setState({ status: 'refused', reason: 'NOT_ALLOWED', message: result.message, path: null })
    }
  }

  return {
    state,
    initial: { ...decision.initial, ...draft?.values },
    drafted: draft !== null,
    send,
    keep: (values: FormValues) => keepDraft(workspace, decision.name, { id: id.current, values }),
    drop: () => {
      dropDraft(workspace, decision.name)
      id.current = crypto.randomUUID()
      setState({ status: 'editing' })
    },
  }
}
