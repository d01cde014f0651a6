/** What stands for ids that are made when the story is played. */
export interface KnownIds {
  /** `@person/<key>` → `per_…` */
  person(key: string): string
  /** `@subject/<reference>` → `sub_…` */
  subject(reference: string): string
  /** `@event/<stream>/<source>#<id>` → `<workspace>.<stream>/<event id>` */
  event(source: string, id: string): string
}

const PLACE = /^@(person|subject|event)\/(.*)$/

/** A copy of the data with ids in the place of what stands for them. */
export function fillIn(value: unknown, ids: KnownIds): unknown {
  if (typeof value === 'string') return filled(value, ids)
  if (Array.isArray(value)) return value.map((item) => fillIn(item, ids))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fillIn(member, ids)]))
}

/** All references to data subjects in the data. */
export function subjectsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.startsWith('@subject/') ? [value.slice('@subject/'.length)] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(subjectsIn) : []
}

function filled(text: string, ids: KnownIds): string {
  const [, kind, rest = ''] = PLACE.exec(text) ?? []
  switch (kind) {
    case 'person':
      return ids.person(rest)
    case 'subject':
      return ids.subject(rest)
    case 'event': {
      const [, source = '', id = ''] = /^[^/]*\/(\/[^#]*)#(.*)$/.exec(rest) ?? []
      return ids.event(source, id)
    }
    default:
      return text
  }
}
