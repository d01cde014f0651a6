import { isReference, parseEventReference } from '@annal/proof'
import type { WholeEvent } from '../trail-documents.ts'

export type Seal = WholeEvent['sealed'][number]

/** A value of an event's data, by how it is shown. */
export type FactValue =
  | { readonly shape: 'nothing' }
  | { readonly shape: 'erased'; readonly pointer: string }
  | { readonly shape: 'yes-no'; readonly yes: boolean }
  | { readonly shape: 'number'; readonly number: number }
  | { readonly shape: 'text'; readonly text: string }
  | { readonly shape: 'instant'; readonly instant: string }
  | { readonly shape: 'reference'; readonly reference: string }
  | { readonly shape: 'event'; readonly stream: string; readonly id: string }
  | { readonly shape: 'digest'; readonly digest: string }
  | { readonly shape: 'link'; readonly url: string }
  | { readonly shape: 'list'; readonly items: readonly Placed[] }
  | { readonly shape: 'rows'; readonly columns: readonly string[]; readonly rows: readonly (readonly FactValue[])[] }
  | { readonly shape: 'facts'; readonly facts: readonly Fact[] }

/** A value where it stands. */
export interface Placed {
  readonly pointer: string
  readonly value: FactValue
  /** How the field is kept at rest, if not in plain text. */
  readonly seal: Seal | null
}

export interface Fact extends Placed {
  readonly name: string
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/
const DIGEST = /^[0-9a-f]{40,128}$/
const MOST_COLUMNS = 6

/** The fields of an event's data, those of `order` first and in that order, each in the shape in which it is read best. */
export function factsOf({ data, sealed, about }: Pick<WholeEvent, 'data' | 'sealed' | 'about'>, order: readonly string[]): readonly Fact[] {
  const surroundings = { seals: new Map(sealed.map((seal) => [seal.pointer, seal])), references: referencesById(about) }
  const facts = isObject(data) ? factsAt(data, '', surroundings) : []
  const rank = ({ name }: Fact) => (order.includes(name) ? order.indexOf(name) : order.length)
  return facts.toSorted((a, b) => rank(a) - rank(b))
}

interface Surroundings {
  readonly seals: ReadonlyMap<string, Seal>
  /** What the event is about, by the part behind the kind: data names things by their ids alone. */
  readonly references: ReadonlyMap<string, string>
}

/** Ids that two kinds of thing share name neither. */
function referencesById(about: readonly string[]): ReadonlyMap<string, string> {
  const ids = Map.groupBy(about, (reference) => reference.slice(reference.indexOf(':') + 1))
  return new Map([...ids].flatMap(([id, [only, ...others]]) => (only !== undefined && others.length === 0 ? [[id, only]] : [])))
}

function factsAt(data: Readonly<Record<string, unknown>>, at: string, around: Surroundings): readonly Fact[] {
  return Object.entries(data).map(([name, value]) => {
    const pointer = `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    return { name, ...placedAt(value, pointer, around) }
  })
}

function placedAt(value: unknown, pointer: string, around: Surroundings): Placed {
  const seal = around.seals.get(pointer) ?? null
  const erased = seal?.kind === 'ENCRYPTED' && !seal.readable
  return { pointer, seal, value: erased ? { shape: 'erased', pointer } : valueAt(value, pointer, around) }
}

function valueAt(value: unknown, pointer: string, around: Surroundings): FactValue {
  if (value === null || value === undefined) return { shape: 'nothing' }
  if (typeof value === 'boolean') return { shape: 'yes-no', yes: value }
  if (typeof value === 'number') return { shape: 'number', number: value }
  if (typeof value === 'string') return textValue(value, around.references)
  if (Array.isArray(value)) return listAt(value, pointer, around)
  if (!isObject(value)) return { shape: 'text', text: String(value) }
  return value.erased === true && Object.keys(value).length === 1
    ? { shape: 'erased', pointer }
    : { shape: 'facts', facts: factsAt(value, pointer, around) }
}

function textValue(text: string, references: ReadonlyMap<string, string>): FactValue {
  if (INSTANT.test(text)) return { shape: 'instant', instant: text }
  const reference = isReference(text) ? text : references.get(text)
  if (reference !== undefined) return { shape: 'reference', reference }
  if (DIGEST.test(text)) return { shape: 'digest', digest: text }
  if (/^https:\/\/\S+$/.test(text)) return { shape: 'link', url: text }
  const event = parseEventReference(text)
  return event === null ? { shape: 'text', text } : { shape: 'event', ...event }
}

function listAt(values: readonly unknown[], pointer: string, around: Surroundings): FactValue {
  if (values.length === 0) return { shape: 'nothing' }
  // A field that is sealed shows how it is kept, for which a table has no room.
  const sealed = [...around.seals.keys()].some((one) => one.startsWith(`${pointer}/`))
  const columns = sealed ? null : commonColumns(values)
  if (columns === null) return { shape: 'list', items: values.map((value, index) => placedAt(value, `${pointer}/${index}`, around)) }
  const rows = values.map((value, index) => {
    const facts = isObject(value) ? factsAt(value, `${pointer}/${index}`, around) : []
    return columns.map((name): FactValue => facts.find((fact) => fact.name === name)?.value ?? { shape: 'nothing' })
  })
  return { shape: 'rows', columns, rows }
}

/** The columns of a list of flat objects, or null for anything that is no table. */
function commonColumns(values: readonly unknown[]): readonly string[] | null {
  const columns = new Set<string>()
  for (const value of values) {
    if (!isObject(value) || Object.values(value).some((member) => typeof member === 'object' && member !== null)) return null
    for (const name of Object.keys(value)) columns.add(name)
  }
  return columns.size <= MOST_COLUMNS ? [...columns] : null
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
