import type { KeptEvent } from '../outbox/outbox-reader.ts'
import type { Refusal } from '../refused-file.ts'
import type { Receipt } from './post-events.ts'

export interface Settled {
  readonly kept: KeptEvent
  readonly outcome: Receipt | Refusal
}

/** What an answer means for each event of a request. */
export interface Sorted {
  readonly settled: readonly Settled[]
  /** Nothing is wrong with them: another event of their stream was refused. Sent again without it. */
  readonly siblings: readonly KeptEvent[]
  /** Too much of one stream for one call. */
  readonly tooMuch: readonly KeptEvent[]
  /** The server can't record anything just now. */
  readonly later: readonly KeptEvent[]
}

/** A refusal is about the event, unless its code says that it is about the call or the server. */
export function sortOutcomes(events: readonly KeptEvent[], outcomes: readonly (Receipt | Refusal)[]): Sorted {
  const settled: Settled[] = []
  const again = { siblings: [] as KeptEvent[], tooMuch: [] as KeptEvent[], later: [] as KeptEvent[] }
  for (const [i, kept] of events.entries()) {
    const outcome = outcomes[i]
    if (outcome === undefined) throw new Error(`expected ${events.length} outcomes, found ${outcomes.length}`)
    const why = whyAgain(outcome, events.length)
    if (why === null) settled.push({ kept, outcome })
    else again[why].push(kept)
  }
  return { settled, ...again }
}

function whyAgain(outcome: Receipt | Refusal, sent: number): 'siblings' | 'tooMuch' | 'later' | null {
  if (outcome.status === 'recorded') return null
  switch (outcome.code) {
    case 'SIBLING_REFUSED':
      return 'siblings'
    case 'CLOCK_SKEW':
    case 'LOG_BEHIND_PUBLISHED_HEAD':
      return 'later'
    case 'STREAM_PART_TOO_LARGE':
      return sent > 1 ? 'tooMuch' : null
    default:
      return null
  }
}
