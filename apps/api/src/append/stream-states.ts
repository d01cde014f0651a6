import { evolve, initialState, type StreamState } from '@annal/domain'
import { type EventReader, NO_STREAM, type RecordedEvent } from '@annal/ledger'
import { parseEventBytes, parseStream } from '@annal/proof'

const SLICE = 500
const MOST_STATES = 1_000

export interface StateAt {
  /** Null for a stream whose events are not guarded. */
  readonly state: StreamState | null
  readonly version: number
}

/** The states that deciders ask for, folded from their streams. The ones used last are kept, so that only what came since is read. */
export class StreamStates {
  private readonly kept = new Map<string, StateAt>()

  constructor(private readonly store: EventReader) {}

  async load(stream: string): Promise<StateAt> {
    let at = this.kept.get(stream) ?? { state: initialState(parseStream(stream)?.type ?? ''), version: NO_STREAM }
    for (;;) {
      const slice = await this.store.readStream(stream, { from: at.version + 1, direction: 'forwards', limit: SLICE })
      at = slice.reduce(next, at)
      if (slice.length < SLICE) break
    }
    this.keep(stream, at)
    return at
  }

  private keep(stream: string, at: StateAt): void {
    this.kept.delete(stream)
    this.kept.set(stream, at)
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= MOST_STATES) break
      this.kept.delete(oldest)
    }
  }
}

function next({ state }: StateAt, recorded: RecordedEvent): StateAt {
  const parsed = parseEventBytes(recorded.bytes)
  if (parsed.status === 'refused') throw new Error(`expected an event in ${recorded.stream}, found ${parsed.reason}`)
  return { state: state === null ? null : evolve(state, parsed.envelope), version: recorded.streamVersion }
}
