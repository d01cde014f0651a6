/** CRC-32 as ZIP has it (polynomial 0xEDB88320, reflected), eight bytes at a step. */
const TABLES = tables()

/** @param crc the CRC of what stood in front, 0 at the start. */
export function crc32(bytes: Uint8Array, crc = 0): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = TABLES
  let c = ~crc
  let i = 0
  for (const end = bytes.length - 7; i < end; i += 8) {
    const low = c ^ (at(bytes, i) | (at(bytes, i + 1) << 8) | (at(bytes, i + 2) << 16) | (at(bytes, i + 3) << 24))
    c =
      at(t7, low & 0xff) ^
      at(t6, (low >>> 8) & 0xff) ^
      at(t5, (low >>> 16) & 0xff) ^
      at(t4, low >>> 24) ^
      at(t3, at(bytes, i + 4)) ^
      at(t2, at(bytes, i + 5)) ^
      at(t1, at(bytes, i + 6)) ^
      at(t0, at(bytes, i + 7))
  }
  for (; i < bytes.length; i++) c = at(t0, (c ^ at(bytes, i)) & 0xff) ^ (c >>> 8)
  return ~c >>> 0
}

type Table = Int32Array
type Tables = readonly [Table, Table, Table, Table, Table, Table, Table, Table]

function at(values: Uint8Array | Int32Array, index: number): number {
  return values[index] ?? 0
}

function tables(): Tables {
  const first = new Int32Array(256).map((_, byte) => {
    let c = byte
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1
    return c
  })
  const behind = (before: Table) => before.map((c) => at(first, c & 0xff) ^ (c >>> 8))
  const second = behind(first)
  const third = behind(second)
  const fourth = behind(third)
  const fifth = behind(fourth)
  const sixth = behind(fifth)
  const seventh = behind(sixth)
  return [first, second, third, fourth, fifth, sixth, seventh, behind(seventh)]
}
