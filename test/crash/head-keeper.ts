import {
  leafHash,
  MerkleTree,
  parseEntryBundle,
  parseNote,
  parseTreeHead,
  TILE_WIDTH,
  type TreeHead,
  tilePath,
  toBase64,
} from '@annal/proof'

const PAUSE = 15

/**
 * Somebody who keeps every signed head of a log that is ever shown to him, and the log's hashes and entries as far as he has read them. He
 * trusts nothing that he was told later over what he was told before.
 */
export class HeadKeeper {
  /** By size. */
  readonly heads = new Map<number, TreeHead>()
  /** Each a sentence: what no log may do. */
  readonly broken: string[] = []
  private readonly tree = new MerkleTree()
  private readonly log: () => string
  private running = true
  private readonly watching: Promise<void>

  /** @param log the address of the log; it may change with the server's. */
  constructor(log: () => string) {
    this.log = log
    this.watching = this.watch()
  }

  get newest(): number {
    return Math.max(0, ...this.heads.keys())
  }

  async stop(): Promise<void> {
    this.running = false
    await this.watching
  }

  /** The newest head that the server shows now, or null where it doesn't answer or has none. */
  async look(): Promise<TreeHead | null> {
    const note = await fetched(`${this.log()}/checkpoint`)
    const parsed = note === null ? null : parseNote(note)
    const read = parsed?.status === 'parsed' ? parseTreeHead(parsed.note.text) : null
    if (read?.status !== 'parsed') return null
    const { head } = read
    const known = this.heads.get(head.size)
    if (known !== undefined && !isSame(known, head)) this.broken.push(`two heads of size ${head.size}`)
    this.heads.set(head.size, known ?? head)
    return head
  }

  /** Asks for the newest head, reads the log up to it, and compares with it every head that was kept before it was asked for. */
  async compare(): Promise<void> {
    const before = [...this.heads.values()]
    const head = await this.look()
    if (head === null) throw new Error('expected a signed head, found none')
    await this.readTo(head.size)
    for (const kept of before) {
      if (kept.size > head.size) this.broken.push(`a head of ${kept.size} was shown, and later one of ${head.size}`)
      else if (toBase64(this.tree.root(kept.size)) !== toBase64(kept.root))
        this.broken.push(`the log does not extend its head of ${kept.size}`)
    }
  }

  private async watch(): Promise<void> {
    while (this.running) {
      await this.look()
      await new Promise((settle) => setTimeout(settle, PAUSE))
    }
  }

  /** The entries must be those whose hashes the tiles have. */
  private async readTo(size: number): Promise<void> {
    while (this.tree.size < size) {
      const index = Math.floor(this.tree.size / TILE_WIDTH)
      const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH)
      const [tile, bundle] = await Promise.all([
        fetched(`${this.log()}/${tilePath({ level: 0, index, width })}`),
        fetched(`${this.log()}/${tilePath({ level: 'entries', index, width })}`),
      ])
      const parsed = bundle === null ? null : parseEntryBundle(bundle, width)
      if (tile === null || parsed?.status !== 'parsed') throw new Error(`expected tile ${index} of ${size} leaves, found none`)
      for (let i = this.tree.size % TILE_WIDTH; i < width; i++)
        this.append(index * TILE_WIDTH + i, tile.subarray(i * 32, (i + 1) * 32), parsed.entries[i])
    }
  }

  private append(leaf: number, hash: Uint8Array, entry: Uint8Array | undefined): void {
    if (entry === undefined || toBase64(leafHash(entry)) !== toBase64(hash))
      this.broken.push(`entry ${leaf} is not the one that was hashed`)
    this.tree.append(hash)
  }
}

function isSame(a: TreeHead, b: TreeHead): boolean {
  return a.origin === b.origin && toBase64(a.root) === toBase64(b.root) && toBase64(a.mapRoot) === toBase64(b.mapRoot)
}

/** Null where nobody answers, or not with this. */
async function fetched(url: string): Promise<Uint8Array | null> {
  try {
    const answer = await fetch(url)
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}
