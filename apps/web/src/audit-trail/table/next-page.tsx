import { Button } from '../../ui/button.tsx'
import { useTrail } from '../trail-context.ts'

/** What stands below the last event: more to come, or why it doesn't, or that this is the end. */
export function NextPage() {
  const { state, feed } = useTrail()
  if (state.list.status !== 'loaded') return null
  switch (state.list.next.status) {
    case 'end':
      return <span className="text-ink-3">{state.list.events.length > 20 ? 'That is all that matches.' : ''}</span>
    case 'idle':
    case 'loading':
      return (
        <span role="status" className="text-ink-3">
          Loading more…
        </span>
      )
    case 'failed':
      return (
        <span className="inline-flex flex-wrap items-center gap-3">
          <span role="alert" className="text-bad">
            The next page could not be read: {state.list.next.problem.message}
          </span>
          <Button onClick={() => feed?.more()}>Try again</Button>
        </span>
      )
  }
}

export function NextPageRow({ span }: { readonly span: number }) {
  return (
    <tr data-print="no">
      <td colSpan={span} className="h-12 px-6 text-sm">
        <NextPage />
      </td>
    </tr>
  )
}
