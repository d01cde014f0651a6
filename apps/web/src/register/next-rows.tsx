import { Button } from '../ui/button.tsx'
import type { RegisterRows } from './register.ts'

/** What stands below the last row: more to come, or why it doesn't. */
export function NextRows<Row>({ pages }: { readonly pages: RegisterRows<Row> }) {
  switch (pages.next) {
    case 'end':
      return <span className="text-ink-3">{pages.rows.length > 20 ? 'That is all that matches.' : ''}</span>
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
            The next page could not be read: {pages.problem?.message}
          </span>
          <Button onClick={pages.more}>Try again</Button>
        </span>
      )
  }
}
