import { type ChunkLayout, chunkOf, type NumberRange } from './chunk-layout.ts'

/** Where the events behind the last full chunk stand, as far as a batch makes that chunk full: their numbers, both inclusive; none if `from` is above `to`. */
export function waitingNumbers(first: number, count: number, layout: ChunkLayout): NumberRange {
  const from = chunkOf(first, layout) * layout.size
  return { from, to: chunkOf(first + count, layout) > chunkOf(first, layout) ? first - 1 : from - 1 }
}

/** What becomes full when `fresh` events come to those that wait, and what of the fresh ones goes on waiting. */
export function fillChunks<Event extends { readonly number: number }>(
  waiting: readonly Event[],
  fresh: readonly Event[],
  layout: ChunkLayout,
): { full: { chunk: number; events: Event[] }[]; open: Event[] } {
  const open = chunkOf((fresh.at(-1)?.number ?? -1) + 1, layout)
  const full = new Map<number, Event[]>()
  for (const event of [...waiting, ...fresh]) {
    const chunk = chunkOf(event.number, layout)
    if (chunk >= open) continue
    const events = full.get(chunk)
    if (events) events.push(event)
    else full.set(chunk, [event])
  }
  return {
    full: [...full].map(([chunk, events]) => ({ chunk, events })),
    open: fresh.filter(({ number }) => chunkOf(number, layout) >= open),
  }
}
