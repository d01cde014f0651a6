import type { EventType } from './event-type.ts'
import { perType } from './per-type.ts'
import { type FieldNode, type ObjectNode, objectTree } from './schema/field-tree.ts'

/**
 * Summary templates: `{field}` is a field's value (`{period.from}` within an object), `{field#item|items}` how many items it has,
 * `{field%}` a share in per cent, `{field?yes:no}` one of two words; what stands in `[…]` is left out when a field in it is absent. Only
 * fields that are stored in plain text may stand in a template, so that a summary outlives every erasure.
 */
type Part = { readonly kind: 'words'; readonly words: string } | { readonly kind: 'value'; readonly read: (data: unknown) => string | null }

interface Segment {
  readonly parts: readonly Part[]
  readonly optional: boolean
}

const ABSENT = '(not given)'
const MOST_ITEMS = 5

const templateOf = perType(compile)

/** One sentence for a person about an event, from its data as stored or as opened; fields that are missing are said to be. */
export function summarise(type: string, data: unknown): string {
  const segments = templateOf(type)
  if (segments === undefined) return `An event of the unknown type ${type} was recorded.`
  let sentence = ''
  for (const segment of segments) sentence += segmentText(segment, data) ?? ''
  return sentence
}

function segmentText({ parts, optional }: Segment, data: unknown): string | null {
  let text = ''
  for (const part of parts) {
    const value = part.kind === 'words' ? part.words : part.read(data)
    if (value === null && optional) return null
    text += value ?? ABSENT
  }
  return text
}

/** @throws Error naming the type when a template names a field that is not there or is sealed. */
function compile(type: EventType): readonly Segment[] {
  const tree = objectTree(type.schema)
  return [...type.summary.matchAll(/\[([^\]]*)\]|([^[]+)/g)].map(([, inBrackets, plain]) => ({
    optional: inBrackets !== undefined,
    parts: [...(inBrackets ?? plain ?? '').matchAll(/\{([^}]*)\}|([^{]+)/g)].map(([, expression, words]) =>
      expression === undefined
        ? { kind: 'words' as const, words: words ?? '' }
        : { kind: 'value' as const, read: reader(type.name, tree, expression) },
    ),
  }))
}

function reader(name: string, tree: ObjectNode, expression: string): (data: unknown) => string | null {
  const [, path = '', one, many, percent, yes, no] = /^([A-Za-z.]+)(?:#([^|]+)\|(.+)|(%)|\?([^:]+):(.+))?$/.exec(expression) ?? []
  const steps = path.split('.')
  const node = steps.reduce<FieldNode | undefined>(
    (at, step) => (at?.kind === 'object' ? at.members.find(([key]) => key === step)?.[1] : undefined),
    tree,
  )
  if (node === undefined || isSealed(node)) throw new Error(`expected a plain field in the summary of ${name}, found {${expression}}`)
  const at = (data: unknown) => steps.reduce<unknown>(member, data)
  if (one !== undefined && many !== undefined) return (data) => countText(at(data), one, many)
  if (percent !== undefined) return (data) => percentText(at(data))
  if (yes !== undefined && no !== undefined) return (data) => flagText(at(data), yes, no)
  const text = textOf[node.kind === 'leaf' ? node.mark.leaf : ''] ?? valueText
  return (data) => text(at(data))
}

function isSealed(node: FieldNode): boolean {
  return node.kind === 'leaf' && node.mark.seal !== undefined
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? value[key as keyof typeof value] : undefined
}

function countText(value: unknown, one: string, many: string): string | null {
  return Array.isArray(value) ? `${value.length} ${value.length === 1 ? one : many}` : null
}

function percentText(value: unknown): string | null {
  return typeof value === 'number' ? `${Number((value * 100).toPrecision(6))} %` : null
}

function flagText(value: unknown, yes: string, no: string): string | null {
  return typeof value === 'boolean' ? (value ? yes : no) : null
}

/** A constant is written as the word that it stands for; one letter is a name, such as that of a section. */
function wordText(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const words = value.replaceAll('_', ' ')
  return /^[A-Z ]{2,}$/.test(words) ? words.toLowerCase() : words
}

/** To the minute where nothing is finer. */
function instantText(value: unknown): string | null {
  const [, day, minute, rest] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d\.\d{3})Z$/.exec(String(value)) ?? []
  return day === undefined ? valueText(value) : `${day} ${minute}${rest === ':00.000' ? '' : rest} UTC`
}

const textOf: Readonly<Record<string, ((value: unknown) => string | null) | undefined>> = { word: wordText, instant: instantText }

function valueText(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return listText(value)
  return moneyText(value)
}

function listText(items: readonly unknown[]): string | null {
  if (items.length === 0) return null
  const shown = items.slice(0, MOST_ITEMS).map((item) => valueText(item) ?? ABSENT)
  return items.length > MOST_ITEMS ? `${shown.join(', ')} and ${items.length - MOST_ITEMS} more` : shown.join(', ')
}

function moneyText(value: unknown): string | null {
  const amount = member(value, 'amount')
  const currency = member(value, 'currency')
  return typeof amount === 'string' && typeof currency === 'string' ? `${amount} ${currency}` : null
}
