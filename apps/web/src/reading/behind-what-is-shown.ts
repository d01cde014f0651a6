import type { Client } from '@urql/core'
import type { ConnectTail } from '../audit-trail/feed/live-tail.ts'
import { trailEnd } from '../audit-trail/trail-documents.ts'
import { ask } from '../graphql/client.ts'
import type { Problem } from '../graphql/problem.ts'

const REFUSALS: readonly Problem['kind'][] = ['signed-out', 'not-allowed']

/**
 * A tail that begins where the visible record ended before it connected, and not where it ends when the server hears of it:
 * who reads after `opened` has everything up to there, and everything behind it comes.
 */
export function behindWhatIsShown(client: Client, connect: ConnectTail): ConnectTail {
  let end: string | null = null
  return (after, sink) => {
    const from = after ?? end
    if (from !== null) return connect(from, sink)
    let hungUp = false
    let hangUp = () => {
      hungUp = true
    }
    void ask(client, trailEnd, {}).then((answer) => {
      if (hungUp) return
      if (answer.status === 'failed') return sink.ended(REFUSALS.includes(answer.problem.kind) ? 'refused' : 'lost')
      end = answer.data.events.edges[0]?.node.position ?? null
      hangUp = connect(end, sink)
    })
    return () => hangUp()
  }
}
