import { createHash } from 'node:crypto'

/** A CloudEvent that Annal takes: `annal.<EventType>` with that type's data. */
export interface AnnalCloudEvent {
  readonly specversion: '1.0'
  readonly type: `annal.${string}`
  readonly source: string
  readonly id: string
  readonly time: string
  readonly data: Readonly<Record<string, unknown>>
}

/** What an importer makes of one foreign document: the events it comes to, or why it comes to none. */
export type Imported =
  | { readonly status: 'imported'; readonly events: readonly AnnalCloudEvent[] }
  | { readonly status: 'left-out'; readonly reason: string }

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** An id that Annal takes, made of a foreign name: lower case, `[a-z0-9][a-z0-9._~-]{0,99}`. */
export function slug(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9._~-]+/g, '-')
    .replace(/^[^a-z0-9]+|-+$/g, '')
    .slice(0, 100)
  return plain === '' ? `n-${sha256(name).slice(0, 12)}` : plain
}

export function leftOut(reason: string): Imported {
  return { status: 'left-out', reason }
}
