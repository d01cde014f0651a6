import type { EventTypeDescription } from '../../session/session-documents.ts'
import { FILTER_KEYS, type FilterKey, type TextKey } from './filter-term.ts'
import { printTerm } from './print-filter.ts'
import { rangePresets } from './range-presets.ts'
import { printRange } from './time-range.ts'
import { tokens } from './tokens.ts'

/** Something that could stand in the place of the token at the caret. */
export interface Suggestion {
  /** Goes into the line between `from` and `to`. */
  readonly text: string
  /** Beside it, in a few words. */
  readonly detail: string
}

export interface Suggestions {
  readonly from: number
  readonly to: number
  readonly items: readonly Suggestion[]
}

/** What is known of values: the catalogue, and what the events on the page name. */
export interface KnownValues {
  readonly types: readonly EventTypeDescription[]
  readonly seen: Readonly<Record<Exclude<TextKey, 'word' | 'type'>, readonly string[]>>
  readonly now: Date
}

const DETAILS: Readonly<Record<Exclude<FilterKey, 'word'>, string>> = {
  type: 'what kind of event',
  about: 'a system, model, dataset … it names',
  actor: 'who recorded it',
  stream: 'the history it belongs to',
  correlation: 'what belongs together',
  recorded: 'when it was recorded',
  occurred: 'when it happened',
}

const MOST = 8

/** Completions for the token in which the caret stands. */
export function suggest(line: string, caret: number, known: KnownValues): Suggestions {
  const token = tokens(line).find(({ start, end }) => start < caret && caret <= end)
  if (!token) return { from: caret, to: caret, items: keys('') }
  const { start: from, end: to } = token
  if (token.key === null) return { from, to, items: [...keys(token.value), ...valuesWith(token.value, known)].slice(0, MOST) }
  const key = token.key.toLowerCase()
  return { from, to, items: valuesOf(key, token.value, known).slice(0, MOST) }
}

/** The line with a suggestion in it, and where the caret goes: behind a key's colon, or behind a finished term and a space. */
export function accept(line: string, { from, to }: Suggestions, { text }: Suggestion): { readonly line: string; readonly caret: number } {
  const behind = text.endsWith(':') ? '' : ' '
  const rest = line.slice(to).trimStart()
  return { line: `${line.slice(0, from)}${text}${behind}${rest}`, caret: from + text.length + behind.length }
}

function keys(typed: string): Suggestion[] {
  const start = typed.toLowerCase()
  return FILTER_KEYS.flatMap((key) => (key !== 'word' && key.startsWith(start) ? [{ text: `${key}:`, detail: DETAILS[key] }] : []))
}

/** Values that a bare word of two letters or more could be meant for. */
function valuesWith(typed: string, known: KnownValues): Suggestion[] {
  if (typed.length < 2) return []
  return [...types(typed, known), ...seen('about', typed, known)]
}

function valuesOf(key: string, typed: string, known: KnownValues): Suggestion[] {
  switch (key) {
    case 'type':
      return types(typed, known)
    case 'about':
    case 'actor':
    case 'stream':
    case 'correlation':
      return seen(key, typed, known)
    case 'recorded':
    case 'occurred':
      return rangePresets(known.now)
        .map(({ title, range }) => ({ text: `${key}:${printRange(range)}`, detail: title.toLowerCase() }))
        .filter(({ text, detail }) => holds(text, `${key}:${typed}`) || holds(detail, typed))
    default:
      return []
  }
}

function types(typed: string, known: KnownValues): Suggestion[] {
  return known.types
    .filter(({ name }) => holds(name, typed))
    .toSorted((a, b) => rank(a.name, typed) - rank(b.name, typed))
    .map(({ name, description }) => ({ text: `type:${name}`, detail: description }))
}

function seen(key: keyof KnownValues['seen'], typed: string, known: KnownValues): Suggestion[] {
  return known.seen[key]
    .filter((value) => holds(value, typed))
    .map((value) => ({ text: printTerm({ key, value }), detail: 'on this page' }))
}

function holds(text: string, typed: string): boolean {
  return text.toLowerCase().includes(typed.toLowerCase())
}

function rank(text: string, typed: string): number {
  return text.toLowerCase().indexOf(typed.toLowerCase())
}
