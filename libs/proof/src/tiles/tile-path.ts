import { TILE_WIDTH, type Tile } from './tile.ts'

/** What a path of a tiled log names: a tile of hashes, or the bundle of entries behind one of level 0. */
export interface TileName extends Omit<Tile, 'level'> {
  readonly level: number | 'entries'
}

const MAX_LEVEL = 63
const PATH = /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/

/** `tile/<level>/<n>[.p/<width>]`. @throws for what no log has. */
export function tilePath(tile: TileName): string {
  const path = `tile/${tile.level}/${grouped(tile.index)}${tile.width === TILE_WIDTH ? '' : `.p/${tile.width}`}`
  if (parseTilePath(path) === null) throw new Error(`expected a tile, found ${JSON.stringify(tile)}`)
  return path
}

/** The tile that `tilePath` would write so, or null. */
export function parseTilePath(path: string): TileName | null {
  const [, level, groups, width] = PATH.exec(path) ?? []
  if (level === undefined || groups === undefined) return null
  const index = Number(groups.replaceAll(/[x/]/g, ''))
  if (!Number.isSafeInteger(index) || grouped(index) !== groups) return null
  if (level !== 'entries' && Number(level) > MAX_LEVEL) return null
  if (Number(width) >= TILE_WIDTH) return null
  return { level: level === 'entries' ? level : Number(level), index, width: width === undefined ? TILE_WIDTH : Number(width) }
}

function grouped(index: number): string {
  const digits = String(index)
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0')
  return padded.replaceAll(/[0-9]{3}(?=[0-9])/g, 'x$&/')
}
