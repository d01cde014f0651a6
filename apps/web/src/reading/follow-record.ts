import { connectTail } from '../audit-trail/feed/connect-tail.ts'
import { openLiveTail } from '../audit-trail/feed/live-tail.ts'
import { splitStream } from '../audit-trail/table/local-stream.ts'
import type { Session } from '../session/session.ts'
import { behindWhatIsShown } from './behind-what-is-shown.ts'
import { readingClient } from './reading-client.ts'
import { touchedFields } from './touched-fields.ts'

/** Kinds of history and types that come by the thousand and change no list that is read here. */
const BUSY_KINDS = ['decision', 'run']
const BUSY_TYPES = ['AgentActionTaken', 'SignedIn', 'SignInRefused']
const AT_MOST_EVERY = 1_000

export type Following = 'connecting' | 'live' | 'lost' | 'paused' | 'refused'

/** Reads again what the record touches, while the page is open. Returns what ends it. */
export function followRecord({ client, viewer, catalogue }: Session, changed: (status: Following) => void): () => void {
  const reading = readingClient(viewer.workspace.id)
  const types = catalogue.types
    .filter(({ name, stream }) => !BUSY_KINDS.includes(stream) && !BUSY_TYPES.includes(name))
    .map(({ name }) => name)
  const kinds = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | null = null
  let last = 0
  let connected = false

  function readAgain(): void {
    timer = null
    last = Date.now()
    reading.again(touchedFields(kinds))
    kinds.clear()
  }

  const tail = openLiveTail({
    after: null,
    connect: behindWhatIsShown(client, connectTail(viewer.workspace.id, { types })),
    arrived: (events) => {
      for (const event of events) {
        kinds.add(splitStream(event.stream)[0])
        reading.freshness.saw(event.position)
      }
      timer ??= setTimeout(readAgain, Math.max(0, last + AT_MOST_EVERY - Date.now()))
    },
    changed: (status) => {
      changed(status)
      // What was recorded between the first answers and the first connection came to nobody's notice.
      if (status === 'live' && !connected) reading.again(null)
      connected ||= status === 'live'
    },
  })

  return () => {
    tail.close()
    tail.pause()
    if (timer !== null) clearTimeout(timer)
  }
}
