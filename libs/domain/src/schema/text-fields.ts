import { z } from 'zod'
import { patterned } from './id-fields.ts'
import { marked, type ReferenceType, type SealMark } from './mark.ts'
import { type TextKind, textComplaint } from './written-text.ts'

function bounded(max: number, description: string, kind: TextKind, seal?: SealMark): z.ZodString {
  const schema = z
    .string()
    .min(1, 'expected some text')
    .max(max, `expected at most ${max} characters`)
    .check((ctx) => {
      const message = textComplaint(ctx.value, kind)
      if (message !== null) ctx.issues.push({ code: 'custom', message, input: ctx.value })
    })
  return marked(schema.describe(description), { leaf: 'text', min: 1, max, ...(seal !== undefined && { seal }) })
}

/** A name, title or term that can't be about a person. Stored in plain text. */
export const text = (description: string, max = 200) => bounded(max, description, 'line')

/** What a thing is called. Stored in plain text. */
export const displayName = (description: string) => bounded(200, description, 'name')

/** A longer description of a thing that can't be about a person, with line ends. Stored in plain text. */
export const paragraph = (description: string, max = 2000) => bounded(max, description, 'prose')

/** What a person writes and where a person's name could stand. Encrypted at rest; goes with redaction, retention and erasure. */
export const freeText = (description: string, max = 4000) => bounded(max, description, 'prose', 'free-text')

/** Something about one person. Encrypted at rest under that data subject's key. */
export const personal = (description: string, max = 300) => bounded(max, description, 'line', 'personal')

/** What a person is called. Encrypted at rest as all that is personal. */
export const personalName = (description: string) => bounded(200, description, 'name', 'personal')

const HEX_64 = '[0-9a-f]{64}'

/** SHA-256 of content that is not about people. */
export const sha256 = (description: string) => patterned('sha256', HEX_64, 'a SHA-256 in 64 lower-case hex digits', description)

/**
 * SHA-256 of an input or output about people. The field's name ends in `Sha256`; it is stored as `…Hmac`, an HMAC of it under
 * the field's own key, so that it says nothing once the key is gone.
 */
export const digest = (description: string) =>
  patterned('sha256', HEX_64, 'a SHA-256 in 64 lower-case hex digits', description, { seal: 'digest' })

export const uri = (description: string) =>
  patterned(
    'uri',
    '(?!javascript:|vbscript:|data:)[A-Za-z][A-Za-z0-9+.-]{0,30}:[\\x21-\\x7e]{1,2000}',
    'a URI with its scheme',
    description,
  )

export const mediaType = (description: string) =>
  patterned('media-type', '[a-z]{1,20}/[a-z0-9][a-z0-9.+-]{0,80}', 'a media type such as application/json', description)

export const country = (description: string) => patterned('country', '[A-Z]{2}', 'an ISO 3166-1 country code of two letters', description)

/** A semantic version that can stand in a reference: lower case, without build metadata. */
export const semverOf = (type: ReferenceType, idField: string, description: string) =>
  patterned(
    'semver',
    '(?:0|[1-9]\\d{0,8})\\.(?:0|[1-9]\\d{0,8})\\.(?:0|[1-9]\\d{0,8})(?:-[0-9a-z.-]{1,40})?',
    'a semantic version such as 2.1.0',
    description,
    {
      reference: { how: 'version', type, idField },
    },
  )

/** One word of a closed vocabulary of ours. `name` is its GraphQL enum; the words are valid GraphQL names and stored as they are. */
export function word<const W extends readonly [string, ...string[]]>(name: string, words: W, description: string) {
  const schema = z.enum(words, `expected one of ${words.join(', ')}`)
  return marked(schema.describe(description), { leaf: 'word', words, wordsName: name })
}

/** One word of a vocabulary that the regulation catalogue owns (it may grow with a version of the text): a string in GraphQL. */
export function catalogueWord<const W extends readonly [string, ...string[]]>(words: W, description: string) {
  const schema = z.enum(words, `expected one of ${words.join(', ')}`)
  return marked(schema.describe(`${description} One of: ${words.join(', ')}.`), { leaf: 'catalogue-word', words })
}

/** An RFC 6901 JSON Pointer to one field. */
export const pointer = (description: string) =>
  patterned('pointer', '(?:/(?:[\\x20-\\x2e\\x30-\\x7d]|~[01]){1,100}){1,20}', 'a JSON Pointer such as /reason', description)

/** Standard base64 with padding. */
export const base64 = (description: string) =>
  patterned(
    'base64',
    '(?:[A-Za-z0-9+/]{4}){0,400}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})',
    'standard base64 with padding',
    description,
  )
