import { type AppendOutcome, AppendUncertain, type EventStore, type NewEvent, StoreFull, StoreUnavailable } from '../event-store.ts'

/**
 * How an append fails. `refused` and `full`: nothing is stored, and that is said. `lost`: nothing is stored. `late`: it is stored. Of the
 * last two nobody learns which. `delayed`: it arrives at the store only after the next append was answered.
 */
export type Fault = 'refused' | 'full' | 'lost' | 'late' | 'delayed'

/** A store whose appends fail as `next` says; null: it works. For tests. */
export function faultyStore(store: EventStore, next: () => Fault | null): EventStore {
  let delayed: (() => Promise<AppendOutcome>) | null = null
  const attempt = async (append: () => Promise<AppendOutcome>): Promise<AppendOutcome> => {
    const fault = next()
    switch (fault) {
      case null: {
        const outcome = await append()
        await delayed?.()
        delayed = null
        return outcome
      }
      case 'refused':
        throw new StoreUnavailable('injected')
      case 'full':
        throw new StoreFull('injected')
      case 'late':
        await append()
        throw new AppendUncertain('injected: stored')
      case 'delayed':
        delayed = append
        throw new AppendUncertain('injected: under way')
      case 'lost':
        throw new AppendUncertain('injected: not stored')
    }
  }
  return {
    refusesKnownIds: store.refusesKnownIds,
    append: (stream: string, expectedVersion: number, events: readonly NewEvent[]) =>
      attempt(() => store.append(stream, expectedVersion, events)),
    readStream: (stream, slice) => store.readStream(stream, slice),
    streamVersion: (stream) => store.streamVersion(stream),
    findEvent: (stream, id) => store.findEvent(stream, id),
    readAll: (slice) => store.readAll(slice),
    head: () => store.head(),
    newest: () => store.newest(),
    countAfter: (after, bound) => store.countAfter(after, bound),
    subscribe: (from) => store.subscribe(from),
    close: () => store.close(),
  }
}
