/**
 * # Signed notes
 *
 * A note is text that people can read and paste, with the signatures below it (C2SP signed-note):
 *
 *     any text
 *     that ends with a line end
 *                                    ← an empty line: the last one of the note
 *     — example.com/key <base64 of key id ‖ signature>
 *     — another.example/key <…>
 *
 * Each signature is over the text alone, so signatures can be added by anybody at any time: the log's own, those of witnesses, those of a
 * new key beside the old. A reader knows some keys from elsewhere, ignores signatures of others, and trusts the text only if one of the
 * keys that he knows has signed it. Until then the text is nothing.
 */

import { concatBytes } from '@noble/hashes/utils.js'
import { parseBase64, toBase64 } from '../bytes/base64.ts'
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.ts'
import { hasControlCharacter, isKeyName } from './key-name.ts'
import { keyIdBytes } from './verifier-key.ts'

export interface NoteSignature {
  readonly name: string
  readonly id: number
  readonly signature: Uint8Array
}

export interface SignedNote {
  /** With the line end at its end, without the empty line. */
  readonly text: string
  /** At least one. */
  readonly signatures: readonly NoteSignature[]
}

export type ParsedNote = { readonly status: 'parsed'; readonly note: SignedNote } | { readonly status: 'refused'; readonly reason: string }

/** C2SP asks for 16 at least; the Go library takes 100. */
const MAX_SIGNATURES = 100
const KEY_ID_LENGTH = 4
const SIGNATURE_LINE = /^— ([^ ]+) ([^ ]+)$/u

/**
 * The bytes of a note.
 * @throws when they would be no note, or another one.
 */
export function noteBytes(note: SignedNote): Uint8Array {
  const lines = note.signatures.map(({ name, id, signature }) => `— ${name} ${toBase64(concatBytes(keyIdBytes(id), signature))}\n`)
  const bytes = encodeUtf8(`${note.text}\n${lines.join('')}`)
  const parsed = parseNote(bytes)
  if (parsed.status === 'refused') throw new Error(parsed.reason)
  if (parsed.note.text !== note.text) throw new Error('expected a text that ends with one line end, found another')
  return bytes
}

/** The note that these bytes are, whether or not anybody should believe it. */
export function parseNote(bytes: Uint8Array): ParsedNote {
  const decoded = decodeUtf8(bytes)
  if (decoded.status === 'refused') return refused(`expected UTF-8, found other bytes at ${decoded.at}`)
  if (hasControlCharacter(decoded.text.replaceAll('\n', ''))) return refused('expected no control characters, found one')
  const emptyLine = decoded.text.lastIndexOf('\n\n')
  if (emptyLine === -1) return refused('expected an empty line before the signatures, found none')
  const block = decoded.text.slice(emptyLine + 2)
  if (!block.endsWith('\n')) return refused('expected a signature line to end the note, found none')
  return parseSignatures(decoded.text.slice(0, emptyLine + 1), block.slice(0, -1).split('\n'))
}

function parseSignatures(text: string, lines: readonly string[]): ParsedNote {
  if (lines.length > MAX_SIGNATURES) return refused(`expected at most ${MAX_SIGNATURES} signatures, found ${lines.length}`)
  const signatures: NoteSignature[] = []
  for (const line of lines) {
    const signature = parseSignature(line)
    if (signature === null) return refused(`expected a signature, found ${JSON.stringify(line)}`)
    signatures.push(signature)
  }
  return { status: 'parsed', note: { text, signatures } }
}

function parseSignature(line: string): NoteSignature | null {
  const [, name = '', base64 = ''] = SIGNATURE_LINE.exec(line) ?? []
  const bytes = parseBase64(base64)
  if (!isKeyName(name) || bytes === null || bytes.length <= KEY_ID_LENGTH) return null
  return { name, id: new DataView(bytes.buffer).getUint32(0), signature: bytes.subarray(KEY_ID_LENGTH) }
}

function refused(reason: string): ParsedNote {
  return { status: 'refused', reason }
}
