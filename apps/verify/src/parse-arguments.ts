import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type PackAnchors, parseNote, parseTreeHead, parseVerifierKey, parseWitnessKey, type VerifierKey } from '@annal/proof'
import { parseCertificates } from '@annal/proof/timestamp'
import { unreadable } from './unreadable.ts'

export type ParsedArguments =
  | { readonly status: 'parsed'; readonly pack: string; readonly anchors: PackAnchors; readonly json: boolean }
  | { readonly status: 'help' }
  | { readonly status: 'refused'; readonly reason: string }

/** The command line, with the files that it names read. */
export function parseArguments(args: readonly string[]): ParsedArguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        key: { type: 'string', multiple: true, default: [] },
        head: { type: 'string', multiple: true, default: [] },
        witness: { type: 'string', multiple: true, default: [] },
        tsa: { type: 'string', multiple: true, default: [] },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) return { status: 'help' }
    const [pack, ...others] = positionals
    if (pack === undefined || others.length > 0) return refused(`expected one pack, found ${positionals.length}`)
    const anchors: PackAnchors = {
      keys: values.key.flatMap((given) => keysIn(given, parseVerifierKey)),
      heads: values.head.map(headIn),
      witnesses: values.witness.flatMap((given) => keysIn(given, parseWitnessKey)),
      authorities: values.tsa.flatMap(certificatesIn),
    }
    return { status: 'parsed', pack, anchors, json: values.json }
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error))
  }
}

/** A key as it is written, or all keys of a file. */
function keysIn(given: string, parse: (text: string) => VerifierKey | null): VerifierKey[] {
  const key = parse(given)
  if (key !== null) return [key]
  const lines = readText(given)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  // A download that failed leaves an empty file: nobody may believe that the pack was checked against it.
  if (lines.length === 0) throw new Error(`expected verifier keys (name+id+base64) in ${given}, found none`)
  return lines.map((line) => {
    const inFile = parse(line)
    if (inFile === null) throw new Error(`expected a verifier key (name+id+base64) in ${given}, found ${JSON.stringify(line)}`)
    return inFile
  })
}

function headIn(file: string): Uint8Array {
  const bytes = readBytes(file, 'a signed tree head')
  const parsed = parseNote(bytes)
  const head = parsed.status === 'refused' ? parsed : parseTreeHead(parsed.note.text)
  if (head.status === 'refused') throw new Error(`expected a signed tree head in ${file}: ${head.reason}`)
  return bytes
}

function certificatesIn(file: string): Uint8Array[] {
  const certificates = parseCertificates(readBytes(file, 'certificates'))
  if (certificates === null) throw new Error(`expected certificates in ${file}, found something else`)
  return certificates
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new Error(`expected a verifier key or a file of keys, found ${JSON.stringify(file)}`)
  }
}

function readBytes(file: string, what: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file))
  } catch (error) {
    throw new Error(`expected ${what} in a file at ${JSON.stringify(file)}, found ${unreadable(error)}`)
  }
}

function refused(reason: string): ParsedArguments {
  return { status: 'refused', reason }
}
