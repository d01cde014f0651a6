import { parseBase64, toBase64 } from '../bytes/base64.ts'
import { isCount } from '../json/count.ts'
import type { TreeSize } from '../tree/tree-hash.ts'
import { hasControlCharacter } from './key-name.ts'

/** The text of a note that is some log's tree head (C2SP tlog-checkpoint): one line for each, then extension lines. */
export interface Checkpoint {
  /** Names the log. */
  readonly origin: string
  readonly size: TreeSize
  /** The root; the format leaves its length to the log's hash function. */
  readonly root: Uint8Array
  /** Lines whose meaning is the log's own, none empty. */
  readonly extensions: readonly string[]
}

export type ParsedCheckpoint =
  | { readonly status: 'parsed'; readonly checkpoint: Checkpoint }
  | { readonly status: 'refused'; readonly reason: string }

const DECIMAL = /^(?:0|[1-9][0-9]*)$/

/** @throws when a line would be empty or two lines, or the size no count up to 2^53 − 1. */
export function checkpointText(checkpoint: Checkpoint): string {
  const { origin, size, root, extensions } = checkpoint
  const lines = [origin, String(size), toBase64(root), ...extensions]
  if (!isCount(size, 0) || !lines.every(isLine)) throw new Error(`expected a checkpoint, found ${JSON.stringify(lines)}`)
  return `${lines.join('\n')}\n`
}

/** The checkpoint that `checkpointText` would write so. Trees beyond 2^53 − 1 leaves are refused. */
export function parseCheckpoint(text: string): ParsedCheckpoint {
  if (!text.endsWith('\n')) return refused('expected a line end, found none')
  const [origin, size, root, ...extensions] = text.slice(0, -1).split('\n')
  if (origin === undefined || size === undefined || root === undefined) return refused('expected three lines, found fewer')
  if (![origin, ...extensions].every(isLine)) return refused('expected lines without control characters, none empty, found another')
  if (!DECIMAL.test(size) || !isCount(Number(size), 0)) return refused(`expected a tree size, found ${JSON.stringify(size)}`)
  const rootBytes = parseBase64(root)
  if (rootBytes === null || rootBytes.length === 0) return refused(`expected a root in base64, found ${JSON.stringify(root)}`)
  return { status: 'parsed', checkpoint: { origin, size: Number(size), root: rootBytes, extensions } }
}

export function isLine(text: string): boolean {
  return text !== '' && text.isWellFormed() && !hasControlCharacter(text)
}

function refused(reason: string): ParsedCheckpoint {
  return { status: 'refused', reason }
}
