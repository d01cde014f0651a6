import { toHex } from '../bytes/hex.ts'
import { encodeUtf8 } from '../bytes/utf8.ts'
import { canonicalize } from '../json/canonical-json.ts'
import type { LeafIndex } from '../tree/tree-hash.ts'

/** A leaf as it goes into a pack. */
export interface PackLeaf {
  readonly index: LeafIndex
  /** The entry's bytes, as the log has them. */
  readonly entry: Uint8Array
  /** Null: the event is withheld. Place, time and tokens are shown, type and content are not. */
  readonly event: DisclosedEvent | null
}

export interface DisclosedEvent {
  /** Event bytes, as they are stored. */
  readonly bytes: Uint8Array
  /** 16 bytes. */
  readonly salt: Uint8Array
  /** For sealed fields, by their JSON Pointers into `data`. Fields that aren't named stay sealed. */
  readonly keys: Readonly<Record<string, FieldDisclosure>>
}

/** The field's key in hex, or when and by which event (`<stream>/<event id>`) it was erased. */
export type FieldDisclosure = string | { readonly erasedAt: string; readonly under: string }

/** `{"entry":…}`, or `{"entry":…,"event":…,"keys":…,"salt":…}`, and a line end: entry and event bytes stand in it as they are. */
export function leafLine({ entry, event }: PackLeaf): Uint8Array {
  if (event === null) return joined([HEAD, entry, TAIL])
  const tail = `,"keys":${canonicalize(event.keys)},"salt":"${toHex(event.salt)}"}\n`
  return joined([HEAD, entry, EVENT, event.bytes, encodeUtf8(tail)])
}

const HEAD = encodeUtf8('{"entry":')
const EVENT = encodeUtf8(',"event":')
const TAIL = encodeUtf8('}\n')

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
