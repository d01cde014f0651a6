import type { EventFilter } from '../filter/event-filter.ts'
import type { ConnectTail } from './live-tail.ts'

/** As `connectTail`, whose code is fetched with the first connection: the first page of events comes before it. */
export function connectTailLater(workspace: string, filter: EventFilter): ConnectTail {
  return (after, sink) => {
    let hungUp = false
    let hangUp = () => {
      hungUp = true
    }
    import('./connect-tail.ts').then(
      ({ connectTail }) => {
        if (!hungUp) hangUp = connectTail(workspace, filter)(after, sink)
      },
      (error: unknown) => {
        console.warn('The code of the live tail could not be fetched.', error)
        sink.ended('lost')
      },
    )
    return () => hangUp()
  }
}
