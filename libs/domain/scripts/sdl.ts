import { isAppendable } from '../src/appendable.ts'
import { memberName } from '../src/event-of-input.ts'
import type { EventType } from '../src/event-type.ts'
import { type FieldNode, type LeafNode, type ObjectNode, objectTree } from '../src/schema/field-tree.ts'
import type { LeafKind, LeafMark } from '../src/schema/mark.ts'

/** What the generated SDL needs besides the scalars of the API's own SDL. */
const scalars: Readonly<Record<string, string>> = {
  Slug: "The sender's own id of something: lower-case letters, digits and `. _ ~ -`, at most 100, beginning with a letter or digit. Never personal, never renamed.",
  Reference: 'A thing that the record knows: `aisystem:credit-scoring`, `model:cs@7`.',
  EventReference: 'An event: `<workspace>.<stream>/<event id>`.',
  PersonId: 'A person of this ledger, `per_…`.',
  SubjectId: 'A data subject, `sub_…`, as `subjectFor` gave it.',
  Sha256: 'SHA-256 in 64 lower-case hex digits.',
  Decimal: 'A decimal number in a string: `"1200.50"`.',
  Duration: 'A length of time, ISO 8601: `P7D`, `PT15M`.',
  Uri: 'A URI with its scheme.',
}

const scalarOf: Readonly<Record<LeafKind, string>> = {
  text: 'String',
  slug: 'Slug',
  version: 'String',
  versioned: 'String',
  reference: 'Reference',
  'event-reference': 'EventReference',
  person: 'PersonId',
  subject: 'SubjectId',
  workspace: 'String',
  party: 'String',
  sha256: 'Sha256',
  decimal: 'Decimal',
  currency: 'String',
  number: 'Float',
  whole: 'Float',
  flag: 'Boolean',
  instant: 'DateTime',
  date: 'Date',
  duration: 'Duration',
  uri: 'Uri',
  'media-type': 'String',
  country: 'String',
  semver: 'String',
  word: 'String',
  'catalogue-word': 'String',
  'stream-version': 'StreamVersion',
  numbers: 'JSON',
  texts: 'JSON',
  json: 'JSON',
  event: 'EventInput',
  pointer: 'String',
  base64: 'String',
  'event-type': 'EventTypeName',
}

const INT_MAX = 2 ** 31 - 1

/** The SDL of all event inputs, deterministic: the order is the catalogue's. */
export function eventsSdl(types: readonly EventType[]): string {
  const definitions = new Map<string, string>()
  const appendable = types.filter(isAppendable)
  for (const type of appendable) inputType(definitions, `${type.name}Input`, objectTree(type.schema), type.description)
  return [
    '# Generated from the event schemas by `npm run generate`; a test fails when it is stale.',
    '# Whole numbers that fit 32 bits are Int; greater ones, up to 2^53 − 1, are Float and refused when they have a fraction.',
    ...Object.entries(scalars).map(([name, description]) => `${quoted(description)}\nscalar ${name}`),
    enumType(
      'EventTypeName',
      'Every type of event that the record knows.',
      types.map((type) => [type.name, type.description]),
    ),
    oneOfInput(appendable),
    ...definitions.values(),
    '',
  ].join('\n\n')
}

function oneOfInput(types: readonly EventType[]): string {
  const members = types.map((type) => `  ${quoted(type.description)}\n  ${memberName(type.name)}: ${type.name}Input`)
  return `"Exactly one event. Observations are for services and people; decisions are for people."\ninput EventInput @oneOf {\n${members.join('\n')}\n}`
}

function enumType(name: string, description: string, values: readonly (readonly [string, string])[]): string {
  const lines = values.map(([value, about]) => (about === '' ? `  ${value}` : `  ${quoted(about)}\n  ${value}`))
  return `${quoted(description)}\nenum ${name} {\n${lines.join('\n')}\n}`
}

/** Defines an input and all it needs, unless it stands already; a name that would mean two things is a mistake. */
function inputType(definitions: Map<string, string>, name: string, node: ObjectNode, description: string): void {
  const fields = node.members.filter(([, member]) => !isImplied(member)).map(([key, member]) => field(definitions, name, key, member))
  define(definitions, name, `${quoted(description)}\ninput ${name} {\n${fields.join('\n')}\n}`)
}

/** The type of a corrected event is said by the member of its `EventInput`. */
function isImplied(node: FieldNode): boolean {
  return node.kind === 'leaf' && node.mark.leaf === 'event-type'
}

function define(definitions: Map<string, string>, name: string, sdl: string): void {
  const known = definitions.get(name)
  if (known !== undefined && known !== sdl) throw new Error(`expected one meaning of ${name}, found two:\n${known}\n${sdl}`)
  definitions.set(name, sdl)
}

function field(definitions: Map<string, string>, owner: string, key: string, node: FieldNode): string {
  const nested = owner.replace(/Input$/, '') + key.slice(0, 1).toUpperCase() + key.slice(1)
  return `  ${quoted(fieldDescription(node))}\n  ${key}: ${typeOf(definitions, nested, node)}${node.optional ? '' : '!'}`
}

function typeOf(definitions: Map<string, string>, nested: string, node: FieldNode): string {
  switch (node.kind) {
    case 'leaf':
      return leafType(definitions, node)
    case 'list':
      return `[${typeOf(definitions, nested, node.item)}!]`
    case 'object':
      inputType(definitions, `${node.name ?? nested}Input`, node, node.name === undefined ? node.description : namedDescription(node.name))
      return `${node.name ?? nested}Input`
    case 'variants':
      inputType(definitions, `${nested}Input`, merged(node.options), node.description)
      return `${nested}Input`
  }
}

const namedDescriptions: Readonly<Record<string, string>> = {
  Money: 'An amount of money.',
  Attachment: 'A document or file that is kept elsewhere and fixed by its digest.',
  Period: 'A span of time, `from` inclusive, `until` exclusive.',
}

function namedDescription(name: string): string {
  const description = namedDescriptions[name]
  if (description === undefined) throw new Error(`expected a description of the input ${name}, found none`)
  return description
}

function merged(options: readonly ObjectNode[]): ObjectNode {
  const members = options.flatMap((option) => option.members.map(([key, member]) => [key, { ...member, optional: true }] as const))
  return { kind: 'object', name: undefined, members, description: '', optional: false }
}

function leafType(definitions: Map<string, string>, { mark }: LeafNode): string {
  if (mark.leaf === 'word' && mark.wordsName !== undefined) {
    const words = (mark.words ?? []).map((word) => [word, ''] as const)
    define(definitions, mark.wordsName, `enum ${mark.wordsName} {\n${words.map(([word]) => `  ${word}`).join('\n')}\n}`)
    return mark.wordsName
  }
  if (mark.leaf === 'whole' && (mark.max ?? Number.POSITIVE_INFINITY) <= INT_MAX) return 'Int'
  return scalarOf[mark.leaf]
}

/** The field's description with what a sender must know about its form and its fate. */
export function fieldDescription(node: FieldNode): string {
  const notes = node.kind === 'leaf' ? leafNotes(node) : node.kind === 'list' ? listNotes(node.min, node.max) : []
  return [node.description, ...notes].join(' ')
}

function listNotes(min: number, max: number): string[] {
  return [min > 0 ? `${min} to ${max} items.` : `At most ${max} items.`]
}

function leafNotes({ mark }: LeafNode): string[] {
  const notes: string[] = []
  if (mark.seal === 'free-text') notes.push('Encrypted at rest.')
  if (mark.seal === 'personal') notes.push("Encrypted at rest under the person's key.")
  const form = formNote(mark)
  return form === '' ? notes : [...notes, form]
}

function formNote({ leaf, min, max }: LeafMark): string {
  if (leaf === 'text') return `At most ${max} characters.`
  if (leaf === 'numbers') return 'An object of names to numbers.'
  if (leaf === 'texts') return 'An object of names to short texts.'
  if (leaf === 'whole') return wholeNote(min, max)
  return leaf === 'number' ? numberNote(min, max) : ''
}

function wholeNote(min = 0, max = INT_MAX): string {
  const least = min === 0 ? '' : `, at least ${min}`
  return `A whole number${least}${max >= INT_MAX ? '' : `, at most ${max}`}.`
}

function numberNote(min?: number, max?: number): string {
  if (min === undefined) return max === undefined ? '' : `At most ${max}.`
  return max === undefined ? `At least ${min}.` : `${min} to ${max}.`
}

/** A GraphQL description on one line; JSON's escapes are GraphQL's. */
function quoted(description: string): string {
  return JSON.stringify(description)
}
