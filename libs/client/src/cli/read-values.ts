import { parseJson } from '@annal/proof'
import { type NumberedLine, numberedLines } from './numbered-lines.ts'

/** A JSON value of the input and where it stands: a line, or a place in an array. */
export type ReadValue =
  | { readonly status: 'read'; readonly where: string; readonly value: unknown }
  | { readonly status: 'invalid'; readonly where: string; readonly message: string }

/** One line, and one document that is not one value a line, may be so long, in bytes. */
const LONGEST_DOCUMENT = 256 * 1024 * 1024
const NEW_LINE = Buffer.from('\n')

/**
 * The values of JSON Lines, of one JSON array, or of one JSON value over several lines. Lines are read as they come; a document that doesn't
 * begin with a value on its first line is read whole, and line by line after all if that line alone was cut off. Only JSON with one reading
 * counts, as Annal itself takes it: nothing is recorded as something else than what was written.
 */
export async function* readValues(chunks: AsyncIterable<Uint8Array>, longest = LONGEST_DOCUMENT): AsyncGenerator<ReadValue> {
  const lines = numberedLines(chunks, longest)
  const first = await lines.next()
  if (first.done === true) return
  if (begins(first.value)) yield* wholeDocument(first.value, lines, longest)
  else yield* apart([first.value], lines)
}

/** Whether a document begins here: an array, or what is no value yet. */
function begins({ bytes }: NumberedLine): boolean {
  if (bytes === null || !/^\s*[[{]/.test(bytes.toString('latin1', 0, 1_000))) return false
  const value = parsed(bytes)
  return value.status === 'invalid' || Array.isArray(value.value)
}

function alone({ number, bytes }: NumberedLine): ReadValue {
  const where = `line ${number}`
  const value = parsed(bytes)
  const isArray = value.status === 'read' && Array.isArray(value.value)
  return isArray ? { status: 'invalid', where, message: 'expected an object, found an array' } : { ...value, where }
}

async function* apart(held: readonly NumberedLine[], lines: AsyncGenerator<NumberedLine>): AsyncGenerator<ReadValue> {
  for (const line of held) yield alone(line)
  for await (const line of lines) yield alone(line)
}

async function* wholeDocument(first: NumberedLine, lines: AsyncGenerator<NumberedLine>, longest: number): AsyncGenerator<ReadValue> {
  const held = await gathered(first, lines, longest)
  const value = parsed(document(held, longest))
  const [, second] = held
  if (value.status === 'read') yield* valuesOf(value.value)
  else if (second !== undefined && isObject(parsed(second.bytes))) yield* apart(held, lines)
  else yield { ...value, where: 'the document' }
}

/** The lines of a document, all that follow or as many as may be held. */
async function gathered(first: NumberedLine, lines: AsyncGenerator<NumberedLine>, longest: number): Promise<NumberedLine[]> {
  const held = [first]
  for (let length = sizeOf(first, longest); length <= longest; ) {
    const next = await lines.next()
    if (next.done === true) break
    held.push(next.value)
    length += sizeOf(next.value, longest)
  }
  return held
}

function sizeOf({ bytes }: NumberedLine, longest: number): number {
  return bytes === null ? longest + 1 : bytes.length + 1
}

function document(lines: readonly NumberedLine[], longest: number): Buffer | null {
  if (lines.reduce((length, line) => length + sizeOf(line, longest), 0) > longest) return null
  return Buffer.concat(lines.flatMap(({ bytes }) => (bytes === null ? [] : [bytes, NEW_LINE])))
}

function* valuesOf(value: unknown): Generator<ReadValue> {
  if (!Array.isArray(value)) yield { status: 'read', value, where: 'the document' }
  else for (const [i, item] of value.entries()) yield { status: 'read', where: `item ${i + 1}`, value: item }
}

/** Within one document the second line is no event by itself. */
function isObject(value: Parsed): boolean {
  return value.status === 'read' && typeof value.value === 'object' && !Array.isArray(value.value)
}

type Parsed = { readonly status: 'read'; readonly value: unknown } | { readonly status: 'invalid'; readonly message: string }

const problems = {
  'invalid-utf8': 'not UTF-8',
  'invalid-json': 'not JSON',
  'duplicate-key': 'an object names a member twice',
  'lone-surrogate': 'a string has half of a surrogate pair',
  'too-deep': 'nested deeper than 128',
  'number-out-of-range': 'a number is beyond the range of a double',
  'number-inexact': 'an integer can’t be kept exactly: write it as a string',
} as const

/** Null: it was too long to be held. */
function parsed(bytes: Buffer | null): Parsed {
  if (bytes === null) return { status: 'invalid', message: 'too long: send JSON Lines, one event a line' }
  const outcome = parseJson(bytes)
  if (outcome.status === 'parsed') return { status: 'read', value: outcome.value }
  return { status: 'invalid', message: `${problems[outcome.problem]} (at ${outcome.at})` }
}
