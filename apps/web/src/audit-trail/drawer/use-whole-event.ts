import { useEffect, useState } from 'react'
import { ask } from '../../graphql/client.ts'
import type { Problem } from '../../graphql/problem.ts'
import { useSession } from '../../session/use-session.ts'
import { type WholeEvent, wholeEvent } from '../trail-documents.ts'
import { fieldOrder } from './field-order.ts'

type Loaded = Extract<WholeEventState, { readonly status: 'loaded' }>

export type WholeEventState =
  | { readonly status: 'loading' }
  | { readonly status: 'absent' }
  | { readonly status: 'failed'; readonly problem: Problem }
  | { readonly status: 'loaded'; readonly event: WholeEvent; readonly fields: readonly string[] }

/** The last events looked at: stepping back is instant. Read anew all the same, for a key may have been destroyed since. */
const remembered = new Map<string, Loaded>()
const REMEMBERED = 40
const EVENT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export function useWholeEvent(id: string): { readonly state: WholeEventState; readonly again: () => void } {
  const { client, viewer, asOf } = useSession()
  const key = `${viewer.workspace.id}/${id} ${asOf ?? ''}`
  const [held, setHeld] = useState<{ readonly key: string; readonly state: WholeEventState } | null>(null)
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    // The server takes no other ids: a mistyped link leads nowhere.
    if (!EVENT_ID.test(id)) return setHeld({ key, state: { status: 'absent' } })
    let here = true
    void Promise.all([ask(client, wholeEvent, { id }), fieldOrder(client)]).then(([answer, order]) => {
      if (!here) return
      if (answer.status === 'failed') return setHeld({ key, state: answer })
      const { event } = answer.data
      if (!event) return setHeld({ key, state: { status: 'absent' } })
      const state: Loaded = { status: 'loaded', event, fields: order(event.type) }
      remember(key, state)
      setHeld({ key, state })
    })
    return () => {
      here = false
    }
  }, [client, id, key, attempt])

  const known = remembered.get(key)
  const state: WholeEventState = held?.key === key ? held.state : (known ?? { status: 'loading' })
  return { state, again: () => setAttempt((count) => count + 1) }
}

function remember(key: string, state: Loaded): void {
  remembered.delete(key)
  remembered.set(key, state)
  for (const oldest of remembered.keys()) {
    if (remembered.size <= REMEMBERED) break
    remembered.delete(oldest)
  }
}
