import type { EventStore, RecordedEvent } from '../event-store.ts'

/** At most so many events are read at once. */
const RUN = 256

/** Those of `ids` that the stream holds, looked up one by one: for stores that have an index of them. */
export async function findById(store: EventStore, stream: string, ids: Iterable<string>): Promise<RecordedEvent[]> {
  const found = await Promise.all(Array.from(ids, (id) => store.findEvent(stream, id)))
  return found.filter((event) => event !== null)
}

/** The same where it is known at which version each would stand. Versions in a row, as of a batch sent again, are read at once. */
export async function findByVersion(store: EventStore, stream: string, versions: ReadonlyMap<string, number>): Promise<RecordedEvent[]> {
  const found: RecordedEvent[] = []
  for (const { from, length } of runsOf(versions.values())) {
    const slice = await store.readStream(stream, { from, direction: 'forwards', limit: length })
    found.push(...slice.filter(({ id }) => versions.has(id)))
  }
  const ids = new Set(found.map(({ id }) => id))
  const missing = [...versions.keys()].filter((id) => !ids.has(id))
  // Two ids with one fingerprint: the index could keep the version of only one of them.
  return missing.length === 0 ? found : [...found, ...(await findById(store, stream, missing))]
}

function runsOf(versions: Iterable<number>): { readonly from: number; readonly length: number }[] {
  const runs: { readonly from: number; length: number }[] = []
  for (const version of [...new Set(versions)].sort((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last !== undefined && version === last.from + last.length && last.length < RUN) last.length++
    else runs.push({ from: version, length: 1 })
  }
  return runs
}
