import { dataSubjectOf } from '@annal/domain'
import type { EventView } from '../trail/event-view.ts'
import { trailEvents } from '../trail/trail-events.ts'
import type { TrailReader } from '../trail/trail-reader.ts'
import type { Footprint } from './pack-holders.ts'

const PERSON = /(?:^|\.)person-(per_[A-Za-z0-9]+)$/

/** Reads the events with data of a data subject. Its id stands in each of them in plain text, so the text search finds them. */
export async function subjectFootprint(
  trail: TrailReader,
  workspace: string,
  subject: string,
): Promise<Footprint & { readonly events: number }> {
  const about = new Set<string>()
  const people = new Set<string>()
  let first = '9999-12-31T23:59:59.999Z'
  let events = 0
  for await (const event of trailEvents(trail, { workspace, filter: { text: subject }, order: 'oldest-first' })) {
    if (!concerns(event, subject)) continue
    events++
    if (event.recordedAt < first) first = event.recordedAt
    for (const reference of event.about) about.add(reference)
    const [, person] = PERSON.exec(event.stream) ?? []
    if (person !== undefined) people.add(person)
  }
  return { about, first, people, events }
}

function concerns({ type, data }: EventView, subject: string): boolean {
  return dataSubjectOf(type, data as Readonly<Record<string, unknown>>) === subject
}
