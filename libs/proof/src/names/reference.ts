/** A thing that events are about: `aisystem:credit-scoring`, or one version of it: `model:cs@7`. */
export interface Reference {
  readonly type: string
  readonly id: string
  readonly version: string | null
}

const REFERENCE = /^([a-z][a-z0-9]{0,49}):([a-z0-9][a-z0-9._~-]{0,99})(?:@([a-z0-9][a-z0-9._~-]{0,99}))?$/

/** @throws when a part can't stand in a reference. */
export function formatReference({ type, id, version }: Reference): string {
  const text = version === null ? `${type}:${id}` : `${type}:${id}@${version}`
  if (!REFERENCE.test(text)) throw new Error(`expected the parts of a reference, found ${JSON.stringify({ type, id, version })}`)
  return text
}

/** The parts of a reference, or null for what `formatReference` would not write. */
export function parseReference(text: string): Reference | null {
  const [, type, id, version] = REFERENCE.exec(text) ?? []
  return type !== undefined && id !== undefined ? { type, id, version: version ?? null } : null
}

export function isReference(text: unknown): text is string {
  return typeof text === 'string' && REFERENCE.test(text)
}
