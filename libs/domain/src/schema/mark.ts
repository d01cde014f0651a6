import { z } from 'zod'

/** What a reference can point at: the word before the colon in `aisystem:credit-scoring`. Never a person or a data subject. */
export const referenceTypes = [
  'aisystem',
  'model',
  'dataset',
  'component',
  'approval',
  'incident',
  'project',
  'policy',
  'supplier',
  'catalogue',
  'template',
  'gate',
  'rule',
  'violation',
  'review',
  'task',
  'course',
  'milestone',
  'guild',
  'notice',
  'dpia',
  'job',
  'run',
  'pack',
] as const
export type ReferenceType = (typeof referenceTypes)[number]

/**
 * How a field's value becomes a reference: `prefix` + value, or, for a version that stands beside its subject's id,
 * `<type>:<value of idField>@<value>`.
 */
export type ReferenceMark =
  | { readonly how: 'prefixed'; readonly prefix: `${ReferenceType}:` | '' }
  | { readonly how: 'version'; readonly type: ReferenceType; readonly idField: string }

/** Why a field isn't stored in plain text: written by people, about one data subject, or a digest of an input about people. */
export type SealMark = 'free-text' | 'personal' | 'digest'

export type LeafKind =
  | 'text'
  | 'slug'
  | 'version'
  | 'versioned'
  | 'reference'
  | 'event-reference'
  | 'person'
  | 'subject'
  | 'workspace'
  | 'party'
  | 'sha256'
  | 'decimal'
  | 'currency'
  | 'number'
  | 'whole'
  | 'flag'
  | 'instant'
  | 'date'
  | 'duration'
  | 'uri'
  | 'media-type'
  | 'country'
  | 'semver'
  | 'word'
  | 'catalogue-word'
  | 'stream-version'
  | 'numbers'
  | 'texts'
  | 'json'
  | 'event'
  | 'pointer'
  | 'base64'
  | 'event-type'

/** All that is known of a leaf field besides its zod schema; the generators, the references and the sealing read it. */
export interface LeafMark {
  readonly leaf: LeafKind
  readonly reference?: ReferenceMark
  readonly seal?: SealMark
  /** This field names the data subject that the event's sealed fields belong to. */
  readonly dataSubject?: true
  /** The values of a closed vocabulary, and its name in GraphQL. */
  readonly words?: readonly string[]
  readonly wordsName?: string
  readonly pattern?: string
  readonly min?: number
  readonly max?: number
}

const leafMarks = z.registry<LeafMark>()
const objectNames = z.registry<{ readonly name: string }>()

export function marked<S extends z.ZodType>(schema: S, mark: LeafMark): S {
  leafMarks.add(schema, mark)
  return schema
}

export function markOf(schema: z.core.$ZodType): LeafMark | undefined {
  return leafMarks.get(schema)
}

/** Gives an object that several event types use a name of its own: `Money` becomes `MoneyInput` in GraphQL. */
export function named<S extends z.ZodType>(name: string, schema: S): S {
  objectNames.add(schema, { name })
  return schema
}

export function objectName(schema: z.core.$ZodType): string | undefined {
  return objectNames.get(schema)?.name
}

const listBounds = z.registry<{ readonly min: number; readonly max: number }>()

export function boundedList<S extends z.ZodType>(schema: S, min: number, max: number): S {
  listBounds.add(schema, { min, max })
  return schema
}

export function boundsOf(schema: z.core.$ZodType): { readonly min: number; readonly max: number } | undefined {
  return listBounds.get(schema)
}
