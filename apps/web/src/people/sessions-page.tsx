import { Page } from '../frame/page.tsx'
import { SessionList } from './session-list.tsx'

/** Where the reader is signed in. */
export function SessionsPage() {
  return (
    <Page title="Your sessions">
      <p className="max-w-2xl text-sm text-ink-2">
        Each ends by itself after 2 hours without use and 12 hours at the latest. End one that you don’t know: open connections of it are
        closed at once.
      </p>
      <SessionList person={null} />
    </Page>
  )
}
