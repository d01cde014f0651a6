import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { Button } from '../ui/button.tsx'
import { Unfetched } from '../ui/lazily.tsx'
import { useTitle } from './use-title.ts'

/** In the place of a page that can't be shown. */
export function BrokenPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const title = error instanceof Unfetched ? 'This page could not be fetched' : 'This page broke'
  useTitle(title)
  return (
    <main id="page" className="min-h-0 min-w-0 flex-1 overflow-y-auto">
      <div role="alert" className="max-w-xl px-4 py-6 sm:px-6">
        <h1 className="text-lg font-semibold tracking-tight">{title}</h1>
        <div className="mt-2 grid gap-2 text-ink-2">
          {error instanceof Unfetched ? (
            <p>
              The server can’t be reached, or it serves a newer version of the dashboard. Reading changes nothing, so nothing was recorded
              or lost.
            </p>
          ) : (
            <>
              <p className="wrap-anywhere">{error instanceof Error ? error.message : String(error)}</p>
              <p>It went wrong in this browser. Had you just recorded something, the audit trail shows whether it is there.</p>
            </>
          )}
        </div>
        <div className="mt-4 flex flex-wrap gap-2">
          <Button
            look="primary"
            onClick={() => {
              void router.invalidate()
              reset()
            }}
          >
            Try again
          </Button>
          <Button onClick={() => location.reload()}>Load the page anew</Button>
        </div>
      </div>
    </main>
  )
}
