import { useEffect, useState } from 'react'
import { ask } from '../../graphql/client.ts'
import type { Problem } from '../../graphql/problem.ts'
import { useSession } from '../../session/use-session.ts'
import { type WholeEvent, wholeEvent } from '../trail-documents.ts'

export type WholeEventState =
  | { readonly status: 'loading' }
  | { readonly status: 'absent' }
  | { readonly status: 'failed'; readonly problem: Problem }
  | { readonly status: 'loaded'; readonly event: WholeEvent }

/** The last events looked at: stepping back is instant. Read anew all the same, for a key may have been destroyed since. */
const remembered = new Map<string, WholeEvent>()
const REMEMBERED = 40

export function useWholeEvent(id: string): { readonly state: WholeEventState; readonly again: () => void } {
  const { client, viewer } = useSession()
  const key = `${viewer.workspace.id}/${id}`
  const [held, setHeld] = useState<{ readonly key: string; readonly state: WholeEventState } | null>(null)
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    let here = true
    void ask(client, wholeEvent, { id }).then((answer) => {
      if (!here) return
      if (answer.status === 'failed') return setHeld({ key, state: answer })
      const { event } = answer.data
      if (event) remember(key, event)
      setHeld({ key, state: event ? { status: 'loaded', event } : { status: 'absent' } })
    })
    return () => {
      here = false
    }
  }, [client, id, key, attempt])

  const known = remembered.get(key)
  const state: WholeEventState = held?.key === key ? held.state : known ? { status: 'loaded', event: known } : { status: 'loading' }
  return { state, again: () => setAttempt((count) => count + 1) }
}

function remember(key: string, event: WholeEvent): void {
  remembered.delete(key)
  remembered.set(key, event)
  for (const oldest of remembered.keys()) {
    if (remembered.size <= REMEMBERED) break
    remembered.delete(oldest)
  }
}
