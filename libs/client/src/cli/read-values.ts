import { readJson } from '@annal/proof'
/** A JSON value of the input and where it stands: a line, or a place in an array. */
export type ReadValue =
  | { readonly status: 'read'; readonly where: string; readonly value: unknown }
  | { readonly status: 'invalid'; readonly where: string; readonly message: string }

/** One document may be so long, in characters, when it is not one value a line. */
const LONGEST_DOCUMENT = 256 * 1024 * 1024

/**
 * The values of JSON Lines, of one JSON array, or of one JSON value over several lines. Lines are read as they come; a document that doesn't
 * begin with a value on its first line is read whole, and line by line after all if that line alone was cut off.
 */
export async function* readValues(chunks: AsyncIterable<string>): AsyncGenerator<ReadValue> {
  const lines = numberedLines(chunks)
  for await (const [number, line] of lines) {
    if (line.trim() === '') continue
    const value = parsed(line)
    if (value.status === 'read' && !Array.isArray(value.value)) {
      yield { ...value, where: `line ${number}` }
      continue
    }
    if (number > 1 || !/^\s*[[{]\s*/.test(line)) {
      yield {
        status: 'invalid',
        where: `line ${number}`,
        message: value.status === 'invalid' ? value.message : 'expected an object, found an array',
      }
      continue
    }
    yield* wholeDocument(line, lines)
    return
  }
}

async function* wholeDocument(first: string, lines: AsyncIterable<readonly [number, string]>): AsyncGenerator<ReadValue> {
  const behind: (readonly [number, string])[] = []
  let length = first.length
  for await (const line of lines) {
    behind.push(line)
    length += line[1].length + 1
    if (length > LONGEST_DOCUMENT) break
  }
  const value = length > LONGEST_DOCUMENT ? tooLong() : parsed([first, ...behind.map(([, line]) => line)].join('\n'))
  if (value.status === 'invalid' && standsAlone(behind.find(([, line]) => line.trim() !== ''))) yield* apart(first, behind)
  else if (value.status === 'invalid') yield { ...value, where: 'the document' }
  else if (Array.isArray(value.value))
    for (const [i, item] of value.value.entries()) yield { status: 'read', where: `item ${i + 1}`, value: item }
  else yield { ...value, where: 'the document' }
}

/** Within one document the second line is no event by itself. */
function standsAlone(line: readonly [number, string] | undefined): boolean {
  const value = line === undefined ? null : parsed(line[1])
  return value?.status === 'read' && typeof value.value === 'object' && !Array.isArray(value.value)
}

function* apart(first: string, behind: readonly (readonly [number, string])[]): Generator<ReadValue> {
  yield { ...parsed(first), where: 'line 1' }
  for (const [number, line] of behind) if (line.trim() !== '') yield { ...parsed(line), where: `line ${number}` }
}

type Parsed = { readonly status: 'read'; readonly value: unknown } | { readonly status: 'invalid'; readonly message: string }

function parsed(text: string): Parsed {
  try {
    return { status: 'read', value: readJson(text) }
  } catch (error) {
    return { status: 'invalid', message: error instanceof Error ? error.message : String(error) }
  }
}

function tooLong(): Parsed {
  return { status: 'invalid', message: `longer than ${LONGEST_DOCUMENT} characters: send JSON Lines` }
}

async function* numberedLines(chunks: AsyncIterable<string>): AsyncGenerator<readonly [number, string]> {
  let rest = ''
  let number = 1
  for await (const chunk of chunks) {
    const lines = (rest + (number === 1 && rest === '' ? chunk.replace(/^\ufeff/, '') : chunk)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield [number++, line]
  }
  if (rest !== '') yield [number, rest]
}
