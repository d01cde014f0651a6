/**
 * Which of the ordinals of one chunk are meant: a bitmap, or in storage, where they are few, the sorted list of their offsets as
 * 16-bit little-endian integers, whichever is smaller.
 */
export type OrdinalSet = Uint32Array

export function noOrdinals(size: number): OrdinalSet {
  return new Uint32Array(size / 32)
}

export function allOrdinals(size: number): OrdinalSet {
  return noOrdinals(size).fill(0xffff_ffff)
}

export function addOrdinal(set: OrdinalSet, offset: number): void {
  set[offset >>> 5] = (set[offset >>> 5] ?? 0) | (1 << (offset & 31))
}

export function removeOrdinal(set: OrdinalSet, offset: number): void {
  set[offset >>> 5] = (set[offset >>> 5] ?? 0) & ~(1 << (offset & 31))
}

export function hasOrdinal(set: OrdinalSet, offset: number): boolean {
  return (((set[offset >>> 5] ?? 0) >>> (offset & 31)) & 1) === 1
}

/** Keeps in `set` what is also in `other`. False when nothing is left. */
export function keepCommon(set: OrdinalSet, other: OrdinalSet): boolean {
  let left = 0
  for (let i = 0; i < set.length; i++) {
    const word = (set[i] ?? 0) & (other[i] ?? 0)
    set[i] = word
    left |= word
  }
  return left !== 0
}

/** Keeps in `set` the offsets from `from` to below `to`. False when nothing is left. */
export function keepBetween(set: OrdinalSet, from: number, to: number): boolean {
  let left = 0
  for (let i = 0; i < set.length; i++) {
    const word = (set[i] ?? 0) & upTo(to - i * 32) & ~upTo(from - i * 32)
    set[i] = word
    left |= word
  }
  return left !== 0
}

/** The mask of the lowest `count` of 32 bits. */
function upTo(count: number): number {
  return count <= 0 ? 0 : count >= 32 ? -1 : 2 ** count - 1
}

export function countOrdinals(set: OrdinalSet): number {
  let count = 0
  for (const word of set) {
    const pairs = word - ((word >>> 1) & 0x5555_5555)
    const fours = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333)
    count += Math.imul((fours + (fours >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24
  }
  return count
}

/** The offsets in the set, ascending. */
export function offsetsOf(set: OrdinalSet): number[] {
  const offsets: number[] = []
  for (let i = 0; i < set.length; i++) {
    for (let word = set[i] ?? 0; word !== 0; word &= word - 1) offsets.push(i * 32 + 31 - Math.clz32(word & -word))
  }
  return offsets
}

/** `offsets` ascending, for storage. */
export function encodeOffsets(offsets: ArrayLike<number> & Iterable<number>, size: number): Uint8Array {
  if (offsets.length * 2 < size / 8) return new Uint8Array(Uint16Array.from(offsets).buffer)
  const set = noOrdinals(size)
  for (const offset of offsets) addOrdinal(set, offset)
  return new Uint8Array(set.buffer)
}

export function encodeSet(set: OrdinalSet): Uint8Array {
  const size = set.length * 32
  return countOrdinals(set) * 2 < size / 8 ? encodeOffsets(offsetsOf(set), size) : new Uint8Array(set.slice().buffer)
}

/** Adds a stored set to `set`. */
export function addStored(set: OrdinalSet, stored: Uint8Array): void {
  if (stored.length === set.length * 4) addBitmap(set, stored)
  else for (let i = 0; i < stored.length; i += 2) addOrdinal(set, (stored[i] ?? 0) | ((stored[i + 1] ?? 0) << 8))
}

function addBitmap(set: OrdinalSet, stored: Uint8Array): void {
  const words = new Uint32Array(stored.buffer.slice(stored.byteOffset, stored.byteOffset + stored.length))
  for (let i = 0; i < set.length; i++) set[i] = (set[i] ?? 0) | (words[i] ?? 0)
}
