import type { EventFilter } from './filter/event-filter.ts'
import type { TrailOrder } from './trail-documents.ts'

interface Exported {
  readonly workspace: string
  readonly filter: EventFilter
  readonly order: TrailOrder
  readonly asOf: string | null
}

/** Where everything that matches the filter can be downloaded. Parameters are named as the fields of the API's filter; lists repeat theirs. */
export function exportLink(format: 'csv' | 'jsonl', { workspace, filter, order, asOf }: Exported): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(filter)) {
    for (const each of Array.isArray(value) ? value : [value]) if (each != null) parameters.append(name, String(each))
  }
  if (order === 'OLDEST_FIRST') parameters.append('order', order)
  if (asOf !== null) parameters.append('asOf', asOf)
  const query = parameters.size > 0 ? `?${parameters}` : ''
  return `/w/${encodeURIComponent(workspace)}/export/events.${format}${query}`
}
