import { join } from 'node:path'
import type { EventReader, SealFolders } from '@annal/ledger'
import { LogTiles, parseLogName, readIntroducedKeys } from '@annal/ledger'
import { parseTilePath, TILE_WIDTH, type TileName } from '@annal/proof'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { TypedError } from '../http/typed-error.ts'
import type { LogBoard } from './log-board.ts'
import type { LogReport } from './log-report.ts'

export interface LogRouteSurroundings {
  readonly board: LogBoard
  readonly folders: SealFolders
  readonly store: EventReader
}

/** Everything here may be read by anybody, from any page. */
const PUBLIC = { 'access-control-allow-origin': '*', 'x-content-type-options': 'nosniff' }
const TEXT = { ...PUBLIC, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache' }
/** What a signed head covers never changes. */
const TILE = { ...PUBLIC, 'content-type': 'application/octet-stream', 'cache-control': 'public, max-age=31536000, immutable' }
const MOST_OPEN = 64

/**
 * A workspace's log as C2SP tlog-tiles, for monitors, witnesses and whoever wants to check. It needs no credential: entries hold times,
 * counts, tokens and salted commitments, and no content. `/log/v1/<workspace>/checkpoint` is the newest signed head,
 * `…/tile/<level>/<n>[.p/<width>]` hashes, `…/tile/entries/<n>[.p/<width>]` entries, `…/keys` the verifier keys of all who signed it, one a
 * line. A log that was continued is `<workspace>~2`.
 */
export function logRoutes(app: FastifyInstance, { board, folders, store }: LogRouteSurroundings): void {
  const open = new OpenTiles(folders.tiles)
  app.addHook('onClose', async () => open.close())

  app.get('/log/v1/:log/checkpoint', async (request, reply) => reply.headers(TEXT).send(sealedLog(board, request).head.note))

  app.get('/log/v1/:log/keys', async (request, reply) => {
    const { origin } = sealedLog(board, request)
    const keys = (await readIntroducedKeys(store)).filter(({ key }) => key.name === origin)
    return reply.headers(TEXT).send(keys.map(({ verifierKey }) => `${verifierKey}\n`).join(''))
  })

  app.get('/log/v1/:log/tile/*', async (request, reply): Promise<FastifyReply> => {
    const { name, head } = sealedLog(board, request)
    const path = `tile/${(request.params as { '*': string })['*']}`
    const tile = parseTilePath(path)
    if (tile === null || !isCovered(tile, head.size))
      throw new TypedError('NOT_FOUND', `The log ${name} of ${head.size} entries has no ${path.slice(0, 100)}.`)
    return reply.headers(TILE).send(Buffer.from(read(open.of(name), tile)))
  })
}

type ShownLog = LogReport & { readonly head: NonNullable<LogReport['head']> }

function sealedLog(board: LogBoard, request: FastifyRequest): ShownLog {
  const { log } = request.params as { log: string }
  const known = parseLogName(log) === null ? null : board.named(log)
  if (known === null || known.head === null) throw new TypedError('NOT_FOUND', 'There is no such log, or it has no signed head yet.')
  return { ...known, head: known.head }
}

/** True when the tree of this size has the tile. */
function isCovered({ level, index, width }: TileName, size: number): boolean {
  const hashes = Math.floor(size / TILE_WIDTH ** (level === 'entries' ? 0 : level))
  return index * TILE_WIDTH + width <= hashes
}

function read(tiles: LogTiles, { level, index, width }: TileName): Uint8Array {
  return level === 'entries' ? tiles.bundle(index, width) : tiles.tile({ level, index, width })
}

/** The files of the logs that were asked for last. */
class OpenTiles {
  private readonly open = new Map<string, LogTiles>()

  constructor(private readonly folder: string) {}

  of(name: string): LogTiles {
    const known = this.open.get(name)
    if (known !== undefined) return known
    if (this.open.size >= MOST_OPEN) this.close()
    const tiles = new LogTiles(join(this.folder, name))
    this.open.set(name, tiles)
    return tiles
  }

  close(): void {
    for (const tiles of this.open.values()) tiles.close()
    this.open.clear()
  }
}
