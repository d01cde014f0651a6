import { parseBase64, toBase64 } from '../bytes/base64.ts'
import { HASH_LENGTH, type TreeSize } from '../tree/tree-hash.ts'
import { type Checkpoint, checkpointText, parseCheckpoint } from './checkpoint.ts'

/** The state of one of Annal's logs, as it is signed: a checkpoint whose one extension line is the root of the token map. */
export interface TreeHead {
  /** `<host>/log/v1/<workspace>`, `…~2` where a log was continued. */
  readonly origin: string
  readonly size: TreeSize
  /** 32 bytes: the Merkle tree's. */
  readonly root: Uint8Array
  /** 32 bytes: the token map's. */
  readonly mapRoot: Uint8Array
}

export type ParsedTreeHead =
  | { readonly status: 'parsed'; readonly head: TreeHead }
  | { readonly status: 'refused'; readonly reason: string }

const MAP_LINE = 'annal-map/v1 '

/** The text that is signed. @throws when a root isn't 32 bytes long or the origin no line. */
export function treeHeadText({ origin, size, root, mapRoot }: TreeHead): string {
  if (root.length !== HASH_LENGTH || mapRoot.length !== HASH_LENGTH) {
    throw new Error(`expected roots of ${HASH_LENGTH} bytes, found ${root.length} and ${mapRoot.length}`)
  }
  return checkpointText({ origin, size, root, extensions: [MAP_LINE + toBase64(mapRoot)] })
}

/** The tree head that `treeHeadText` would write so: other checkpoints are refused. */
export function parseTreeHead(text: string): ParsedTreeHead {
  const parsed = parseCheckpoint(text)
  if (parsed.status === 'refused') return parsed
  const { origin, size, root, extensions } = parsed.checkpoint
  const mapRoot = parseMapRoot(parsed.checkpoint)
  if (mapRoot === null) return refused(`expected the one line "${MAP_LINE}<root>" behind the root, found ${JSON.stringify(extensions)}`)
  if (root.length !== HASH_LENGTH) return refused(`expected a root of ${HASH_LENGTH} bytes, found ${root.length}`)
  return { status: 'parsed', head: { origin, size, root, mapRoot } }
}

function parseMapRoot({ extensions }: Checkpoint): Uint8Array | null {
  const [line = '', ...others] = extensions
  if (others.length > 0 || !line.startsWith(MAP_LINE)) return null
  const mapRoot = parseBase64(line.slice(MAP_LINE.length))
  return mapRoot?.length === HASH_LENGTH ? mapRoot : null
}

function refused(reason: string): ParsedTreeHead {
  return { status: 'refused', reason }
}
