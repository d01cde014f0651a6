import type { TrailEvent } from '../trail-documents.ts'

/** One connection's life, as it tells it. `ended` comes at most once and last; `refused` means that trying again is no use. */
export interface TailSink {
  readonly opened: () => void
  readonly event: (event: TrailEvent) => void
  readonly ended: (how: 'lost' | 'refused') => void
}

/** Follows the record behind a position until it ends or the returned function is called. */
export type ConnectTail = (after: string | null, sink: TailSink) => () => void

export interface LiveTailOptions {
  readonly after: string | null
  readonly connect: ConnectTail
  /** Events in the record's order, gathered for a moment so that a busy record doesn't redraw the page for each. */
  readonly arrived: (events: readonly TrailEvent[]) => void
  readonly changed: (status: 'connecting' | 'live' | 'lost' | 'paused' | 'refused') => void
}

export interface LiveTail {
  readonly pause: () => void
  /** Goes on behind the last event that came: nothing of the pause is missed. */
  readonly resume: () => void
  /** Tries a lost connection at once instead of after the wait. */
  readonly retry: () => void
  readonly close: () => void
}

const GATHER = 150
const WAITS = [500, 1_000, 2_000, 4_000, 8_000, 10_000]

/** A tail that survives its connections: each new one resumes behind the last event delivered, so nothing is lost or doubled. */
export function openLiveTail(options: LiveTailOptions): LiveTail {
  let after = options.after
  let failures = 0
  let disconnect: (() => void) | null = null
  let waiting: ReturnType<typeof setTimeout> | null = null
  let gathering: ReturnType<typeof setTimeout> | null = null
  let gathered: TrailEvent[] = []

  function deliver(): void {
    gathering = null
    const events = gathered
    gathered = []
    options.arrived(events)
  }

  function connect(): void {
    waiting = null
    let current = true
    const hangUp = options.connect(after, {
      opened: () => {
        if (!current) return
        failures = 0
        options.changed('live')
      },
      event: (event) => {
        if (!current) return
        after = event.position
        gathered.push(event)
        gathering ??= setTimeout(deliver, GATHER)
      },
      ended: (how) => {
        if (!current) return
        current = false
        disconnect = null
        if (how === 'refused') options.changed('refused')
        else retryLater()
      },
    })
    disconnect = () => {
      current = false
      hangUp()
    }
  }

  function retryLater(): void {
    const wait = WAITS[Math.min(failures++, WAITS.length - 1)] ?? 0
    waiting = setTimeout(connect, wait * (0.75 + Math.random() / 2))
    options.changed('lost')
  }

  function hangUp(): void {
    if (waiting !== null) clearTimeout(waiting)
    waiting = null
    disconnect?.()
    disconnect = null
  }

  options.changed('connecting')
  connect()

  return {
    pause: () => {
      hangUp()
      options.changed('paused')
    },
    resume: () => {
      if (disconnect !== null || waiting !== null) return
      options.changed('connecting')
      connect()
    },
    retry: () => {
      if (waiting === null) return
      clearTimeout(waiting)
      connect()
    },
    close: () => {
      hangUp()
      if (gathering !== null) clearTimeout(gathering)
    },
  }
}
