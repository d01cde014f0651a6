import type { Catalogue } from '../../session/catalogue.ts'
import type { KnownValues } from '../filter/suggest.ts'
import { localStream } from '../table/local-stream.ts'
import type { TrailEvent } from '../trail-documents.ts'

/** How many of the newest events are looked through. */
const LOOKED_THROUGH = 300

/** What the filter can suggest: the catalogue, and what the events on the page name, the most frequent first. */
export function knownValues(events: readonly TrailEvent[], catalogue: Catalogue): KnownValues {
  const some = events.slice(0, LOOKED_THROUGH)
  return {
    types: catalogue.types,
    seen: {
      about: frequent(some.flatMap((event) => event.about)),
      actor: frequent(some.map((event) => event.actor.id)),
      stream: frequent(some.map((event) => localStream(event.stream))),
      correlation: frequent(some.flatMap((event) => event.correlationId ?? [])),
    },
    now: new Date(),
  }
}

function frequent(values: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a).map(([value]) => value)
}
