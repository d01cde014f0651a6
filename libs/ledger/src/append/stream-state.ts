import { type EventStore, NO_STREAM, type RecordedEvent } from '../event-store.ts'
import { IdIndex } from '../id-index.ts'
import { recordedAtOf } from './ledger-clock.ts'

const SLICE = 256

/** What must be known of a stream to append to it: where it stands, and, unless the store knows them, the ids up to there. */
export interface StreamState {
  version: number
  /** Of the newest event; empty if there is none. */
  recordedAt: string
  readonly ids: IdIndex | null
}

export async function readState(store: EventStore, stream: string): Promise<StreamState> {
  if (!store.refusesKnownIds) {
    const state = { version: NO_STREAM, recordedAt: '', ids: new IdIndex() }
    await readOn(store, stream, state, () => undefined)
    return state
  }
  const [newest] = await store.readStream(stream, { direction: 'backwards', limit: 1 })
  return newest === undefined
    ? { version: NO_STREAM, recordedAt: '', ids: null }
    : { version: newest.streamVersion, recordedAt: recordedAtOf(newest), ids: null }
}

/** Brings `state` to the stream's end and shows every event behind it. */
export async function readOn(store: EventStore, stream: string, state: StreamState, show: (event: RecordedEvent) => void): Promise<void> {
  for (;;) {
    const slice = await store.readStream(stream, { from: state.version + 1, direction: 'forwards', limit: SLICE })
    for (const event of slice) {
      state.ids?.add(event.id, event.streamVersion)
      show(event)
    }
    const last = slice.at(-1)
    if (last === undefined) return
    state.version = last.streamVersion
    state.recordedAt = recordedAtOf(last)
    if (slice.length < SLICE) return
  }
}
