import { stringify } from 'csv-stringify/sync'
import type { EventView } from './event-view.ts'

/** RFC 4180: what has any line's end in it is quoted. */
export const CSV = { record_delimiter: 'windows', quoted_match: /[\r\n]/ } as const

export type ExportFormat = 'csv' | 'jsonl'

export const exportColumns = [
  'position',
  'recordedAt',
  'occurredAt',
  'type',
  'typeVersion',
  'stream',
  'streamVersion',
  'id',
  'actorKind',
  'actor',
  'about',
  'summary',
  'correlationId',
  'causationId',
  'data',
] as const

/** The lines of these events, each ended by a line break; for CSV without the header. */
export function exportText(events: readonly EventView[], format: ExportFormat): string {
  switch (format) {
    case 'csv':
      return stringify(events.map(csvRow), CSV)
    case 'jsonl':
      return events.map((event) => `${JSON.stringify(event)}\n`).join('')
  }
}

function csvRow(event: EventView): string[] {
  const { actor, about, data } = event
  const cells = { ...event, actorKind: actor.kind, actor: actor.id, about: about.join(' '), data: JSON.stringify(data) }
  return exportColumns.map((column) => harmless(String(cells[column] ?? '')))
}

const FORMULA = /^(?=[=+\-@\t\r\n＝＋－＠])|(?<=[;\t\r\n]"*)(?=[=+\-@＝＋－＠])/g

/**
 * A spreadsheet takes a cell that begins so for a formula: an apostrophe makes it text. Where a country writes lists with semicolons, it begins a
 * cell behind each of them, and at each line's beginning: it knows no quotes within a cell.
 */
export function harmless(cell: string): string {
  return cell.replace(FORMULA, "'")
}
