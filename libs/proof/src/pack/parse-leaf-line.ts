import { isHex32 } from '../bytes/hex.ts'
import { encodeUtf8 } from '../bytes/utf8.ts'
import { type Entry, entryProblem, isEntry, MAX_ENTRY_LENGTH } from '../entry/entry.ts'
import { type EventEnvelope, envelopeProblem } from '../event/event-envelope.ts'
import { canonicalize } from '../json/canonical-json.ts'
import { isCanonicalJson } from '../json/is-canonical-json.ts'
import { hasExactly, isJsonObject, type JsonObject } from '../json/json-value.ts'
import { readJson } from '../json/read-json.ts'
import { parseEventReference } from '../names/event-reference.ts'
import { isInstant } from '../time/instant.ts'
import type { FieldDisclosure } from './leaf-line.ts'

/** A line of leaves in its parts; offsets are of bytes in the line. */
export interface ParsedLeafLine {
  readonly entry: Entry
  readonly entryEnd: number
  readonly event: ParsedDisclosure | null
}

export interface ParsedDisclosure {
  readonly envelope: EventEnvelope
  readonly start: number
  readonly end: number
  /** Hex. */
  readonly salt: string
  readonly keys: Readonly<Record<string, FieldDisclosure>>
}

export const ENTRY_START = '{"entry":'.length
const EVENT = ',"event":'
const NO_KEYS = ',"keys":{}'
const SALT_LENGTH = ',"salt":"00112233445566778899aabbccddeeff"}'.length
const SALT = /^[0-9a-f]{32}$/

/**
 * A line without its line end, or what is wrong with it. @param byteLength of the line in UTF-8.
 */
export function parseLeafLine(text: string, byteLength: number): ParsedLeafLine | string {
  const value = parsed(text)
  if (value === undefined || !isCanonicalJson(text)) return 'expected RFC 8785 canonical JSON, found something else'
  if (!isJsonObject(value)) return 'expected an object, found another value'
  const { entry } = value
  if (!isEntry(entry)) return `expected an entry, found another ${entryProblem(entry)}`
  if (Object.keys(value).length === 1) return withEvent(entry, byteLength - 1, null)
  if (!hasExactly(value, ['entry', 'event', 'keys', 'salt'])) return 'expected entry, event, keys and salt, found other members'
  // An entry holds no such text: its strings are digests and an instant.
  const entryEnd = text.indexOf(EVENT)
  const event = disclosure(value, entryEnd + EVENT.length, byteLength)
  return typeof event === 'string' ? event : withEvent(entry, entryEnd, event)
}

function disclosure({ event, keys, salt }: JsonObject, start: number, byteLength: number): ParsedDisclosure | string {
  if (!isEnvelope(event)) return `expected an event, found another ${envelopeProblem(event)}`
  if (!areKeys(keys)) return 'expected keys of fields by their pointers, found something else'
  if (typeof salt !== 'string' || !SALT.test(salt)) return 'expected a salt, found something else'
  return { envelope: event, start, end: byteLength - SALT_LENGTH - keysLength(keys), salt, keys }
}

function withEvent(entry: Entry, entryEnd: number, event: ParsedDisclosure | null): ParsedLeafLine | string {
  return entryEnd - ENTRY_START > MAX_ENTRY_LENGTH
    ? `expected an entry of at most ${MAX_ENTRY_LENGTH} bytes, found a longer one`
    : { entry, entryEnd, event }
}

function parsed(text: string): unknown {
  try {
    return readJson(text)
  } catch {
    return undefined
  }
}

function isEnvelope(value: unknown): value is EventEnvelope {
  return envelopeProblem(value) === null
}

/** Members are read from the text that was just found to be canonical, so what they are written as is as long as what stands there. */
function keysLength(keys: Readonly<Record<string, FieldDisclosure>>): number {
  for (const _ in keys) return encodeUtf8(`,"keys":${canonicalize(keys)}`).length
  return NO_KEYS.length
}

function areKeys(value: unknown): value is Readonly<Record<string, FieldDisclosure>> {
  if (!isJsonObject(value)) return false
  for (const pointer in value) {
    if (!pointer.startsWith('/') || !isDisclosure(value[pointer])) return false
  }
  return true
}

function isDisclosure(value: unknown): boolean {
  if (isHex32(value)) return true
  return (
    hasExactly(value, ['erasedAt', 'under']) &&
    isInstant(value.erasedAt) &&
    typeof value.under === 'string' &&
    parseEventReference(value.under) !== null
  )
}
