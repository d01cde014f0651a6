import type { EventEnvelope } from '@annal/proof'
import { wordList } from './words.ts'

/** What can be read of an event now. `@annal/ledger`'s OpenedEvent is one. */
export interface ReadableEvent {
  readonly envelope: EventEnvelope
  /** With encrypted fields in plain text as far as their keys exist. */
  readonly data: Readonly<Record<string, unknown>>
}

/** More text of an event than this is not looked at: what one sender writes bounds what all others pay. */
const MOST_TEXT = 32_768

/** The words of an event, each between spaces, repeated ones too: ids, names, references and every string of its data. */
export function readableWords({ envelope, data }: ReadableEvent): string {
  const { id, type, stream, about, actor, correlationId, causationId } = envelope
  const names = `${id} ${type} ${partsOf(type)} ${stream} ${actor.id} ${correlationId ?? ''} ${causationId ?? ''}`
  const text = `${names} ${about.join(' ')} ${stringsOf(data)}`
  return wordList(text.length > MOST_TEXT ? text.slice(0, MOST_TEXT) : text)
}

const parts = new Map<string, string>()

/** `SystemChanged` is also found by `system`. There are few types. */
function partsOf(type: string): string {
  const known = parts.get(type)
  if (known !== undefined) return known
  const made = type.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
  if (parts.size < 1000) parts.set(type, made)
  return made
}

function stringsOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return ''
  let strings = ''
  for (const part of Object.values(value)) strings += `${stringsOf(part)} `
  return strings
}
