import { z } from 'zod'
import { type LeafKind, type LeafMark, marked, type ReferenceType, referenceTypes } from './mark.ts'

const SLUG = '[a-z0-9][a-z0-9._~-]{0,99}'
const RANDOM = '[a-z0-9]{1,64}'
const WORKSPACE = '[a-z0-9][a-z0-9_]{0,99}'
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

/** A string leaf that one anchored regular expression describes completely. */
export function patterned(leaf: LeafKind, pattern: string, expected: string, description: string, mark?: Partial<LeafMark>): z.ZodString {
  const anchored = `^(?:${pattern})$`
  return marked(z.string().regex(new RegExp(anchored), `expected ${expected}`).describe(description), { leaf, pattern: anchored, ...mark })
}

const SLUG_TEXT = 'an id: lower-case letters, digits and . _ ~ -, at most 100, beginning with a letter or digit'

const VERSION_TEXT = 'a version: lower-case letters, digits and . _ ~ -, at most 100, beginning with a letter or digit'

/** The sender's own id of something: never personal, never renamed. */
export const slug = (description: string) => patterned('slug', SLUG, SLUG_TEXT, description)

/** The id of something that has a reference: `credit-scoring` in a field of type `aisystem` refers to `aisystem:credit-scoring`. */
export const ref = (type: ReferenceType, description: string) =>
  patterned('slug', SLUG, SLUG_TEXT, description, { reference: { how: 'prefixed', prefix: `${type}:` } })

/** A version of the thing whose id stands in `idField` beside it: with `model: "cs"`, `"7"` refers to `model:cs@7`. */
export const versionOf = (type: ReferenceType, idField: string, description: string) =>
  patterned('version', SLUG, VERSION_TEXT, description, {
    reference: { how: 'version', type, idField },
  })

/** One version of something in one word: `cs@7` in a field of type `model` refers to `model:cs@7`. */
export const versionedRef = (type: ReferenceType, description: string) =>
  patterned('versioned', `${SLUG}@${SLUG}`, 'an id and a version, as in id@version', description, {
    reference: { how: 'prefixed', prefix: `${type}:` },
  })

/** Something, or one version of it: `loans` or `loans@2026-02`. */
export const maybeVersionedRef = (type: ReferenceType, description: string) =>
  patterned('versioned', `${SLUG}(?:@${SLUG})?`, 'an id, or an id and a version as in id@version', description, {
    reference: { how: 'prefixed', prefix: `${type}:` },
  })

/** A whole reference, where the kind of thing isn't fixed: `model:cs@7`, `component:feature-store`. */
export const anyRef = (description: string, types: readonly ReferenceType[] = referenceTypes) =>
  patterned(
    'reference',
    `(?:${types.join('|')}):${SLUG}(?:@${SLUG})?`,
    `a reference such as ${types[0] ?? 'model'}:some-id, of ${types.join(', ')}`,
    description,
    {
      reference: { how: 'prefixed', prefix: '' },
    },
  )

/** A reference to an event, `<workspace>.<type>-<id>/<event id>`: causation, evidence, corrections, redaction. Never part of `about`. */
export const eventRef = (description: string) =>
  patterned(
    'event-reference',
    `${WORKSPACE}\\.[a-z][a-z0-9]{0,49}-[a-z0-9][a-z0-9._~-]{0,127}/${UUID}`,
    'an event reference: <workspace>.<stream>/<event id>',
    description,
  )

/** A person of this Annal. Never part of `about`. */
export const personId = (description: string) => patterned('person', `per_${RANDOM}`, 'a person id, per_…', description)

/** A data subject's id as the name of something to act upon; it seals nothing. Never part of `about`. */
export const subjectId = (description: string) => patterned('subject', `sub_${RANDOM}`, 'a data subject id, sub_…', description)

/** The data subject that this event is about: its sealed fields go when the subject is erased. Never part of `about`. */
export const dataSubject = (description: string) =>
  patterned('subject', `sub_${RANDOM}`, 'a data subject id, sub_…', description, { dataSubject: true })

export const workspaceId = (description: string) => patterned('workspace', WORKSPACE, 'a workspace id, ws_…', description)

/** Who is accountable: a person id, or the sender's id of a team or role. Never a name. */
export const party = (description: string) =>
  patterned('party', `per_${RANDOM}|${SLUG}`, 'a person id (per_…) or the id of a team or role', description)
