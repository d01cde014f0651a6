import { stringify } from 'csv-stringify/sync'
import { CSV, harmless } from '../../trail/export-text.ts'
import type { ReportEvent } from './report-event.ts'

const columns = ['leaf', 'occurredAt', 'recordedAt', 'type', 'stream', 'id', 'actorKind', 'actor', 'about', 'summary', 'data'] as const

/** `events.csv` begins with this line. */
export function csvHead(): string {
  return stringify([[...columns]], CSV)
}

export function csvRow(leaf: number, { actor, about, data, ...event }: ReportEvent): string {
  const cells = { leaf, ...event, actorKind: actor.kind, actor: actor.id, about: about.join(' '), data: JSON.stringify(data) }
  return stringify([columns.map((column) => harmless(String(cells[column])))], CSV)
}
