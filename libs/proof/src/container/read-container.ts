import { Inflate } from 'fflate'
import { equalBytes } from '../bytes/equal-bytes.ts'
import { toHex } from '../bytes/hex.ts'
import { decodeUtf8 } from '../bytes/utf8.ts'
import { nobleRunningSha256, type RunningDigest } from '../digests.ts'
import { crc32 } from './crc-32.ts'
import {
  type ContainerMember,
  DIRECTORY_HEADER_LENGTH,
  directoryHeader,
  END_64_LENGTH,
  END_LENGTH,
  endRecords,
  isDeflated,
  isMemberName,
  LOCAL_HEADER_LENGTH,
  LOCATOR_64_LENGTH,
  localHeader,
  TOO_LARGE,
} from './zip-layout.ts'

/** A container's bytes, in any order: a file on disk, a `File` of a browser, or memory. */
export interface ContainerSource {
  readonly size: number
  /** Exactly these bytes; the range is within the size. What it throws is thrown on: it is no finding. */
  read(at: number, length: number): Uint8Array | Promise<Uint8Array>
}

/** Bytes that the writer would not have written. `member`: the name as far as it is known; `at`: offset in the container. */
export class ContainerProblem extends Error {
  override readonly name = 'ContainerProblem'
  readonly member: string | null
  readonly at: number | null

  constructor(reason: string, member: string | null, at: number | null) {
    super(reason)
    this.member = member
    this.at = at
  }
}

/**
 * The bytes that deflated ones stand for. Node's zlib does it faster than JavaScript. @throws whatever, for what isn't deflated, and for
 * bytes behind the end.
 */
export type InflateStream = (packed: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>

/** The reason for bytes that stand behind the end of the deflated ones. */
export const BYTES_BEHIND = 'more bytes behind their end'
const CHUNK = 1 << 18
const DIRECTORY_LIMIT = 1 << 24
/** Deflate can't say more than this many bytes with one. */
const DEFLATE_LIMIT = 1032
const COUNT_LIMIT = 0xffff

/** The members of a container, in their order, if every byte around them is what the writer would have written. @throws ContainerProblem */
export async function openContainer(source: ContainerSource): Promise<ContainerMember[]> {
  const { count, directoryAt, directoryLength } = await readEnd(source)
  const directory = await source.read(directoryAt, directoryLength)
  const members: ContainerMember[] = []
  const names = new Set<string>()
  let at = 0
  let offset = 0
  while (at < directory.length) {
    const { member, length } = readDirectoryHeader(directory, at, directoryAt)
    if (names.has(member.name)) throw new ContainerProblem('expected each name once, found one twice', member.name, directoryAt + at)
    if (member.offset !== offset)
      throw new ContainerProblem(`expected a member at ${offset}, found it at ${member.offset}`, member.name, directoryAt + at)
    names.add(member.name)
    members.push(member)
    offset += LOCAL_HEADER_LENGTH + member.name.length + member.packedSize
    at += length
  }
  if (offset !== directoryAt)
    throw new ContainerProblem(`expected the members to end at ${directoryAt}, found their end at ${offset}`, null, offset)
  if (members.length !== count) throw new ContainerProblem(`expected ${count} members, found ${members.length}`, null, directoryAt)
  for (const member of members) await requireLocalHeader(source, member)
  return members
}

interface End {
  readonly count: number
  readonly directoryAt: number
  readonly directoryLength: number
}

async function readEnd(source: ContainerSource): Promise<End> {
  if (source.size < END_LENGTH) throw new ContainerProblem(`expected a ZIP file, found ${source.size} bytes`, null, 0)
  const at = source.size - END_LENGTH
  const view = viewOf(await source.read(at, END_LENGTH))
  if (view.getUint32(0, true) !== 0x06054b50)
    throw new ContainerProblem('expected the end record of a ZIP file, found other bytes', null, at)
  const small = { count: view.getUint16(10, true), directoryLength: view.getUint32(12, true), directoryAt: view.getUint32(16, true) }
  const isLarge = small.count === COUNT_LIMIT || small.directoryAt === TOO_LARGE || small.directoryLength === TOO_LARGE
  const end = isLarge ? await readEnd64(source, at) : small
  const expected = endRecords(end.count, end.directoryAt, end.directoryLength)
  const found = source.size >= expected.length ? await source.read(source.size - expected.length, expected.length) : expected.subarray(1)
  const fits = end.directoryLength <= DIRECTORY_LIMIT && end.directoryAt + end.directoryLength + expected.length === source.size
  if (!fits || !equalBytes(found, expected)) {
    throw new ContainerProblem('expected the one end record that fits the file, found another', null, source.size - expected.length)
  }
  return end
}

async function readEnd64(source: ContainerSource, endAt: number): Promise<End> {
  const at = endAt - END_64_LENGTH - LOCATOR_64_LENGTH
  if (at < 0) throw new ContainerProblem('expected a zip64 end record, found none', null, 0)
  const view = viewOf(await source.read(at, END_64_LENGTH))
  return { count: u64(view, 32), directoryLength: u64(view, 40), directoryAt: u64(view, 48) }
}

function readDirectoryHeader(directory: Uint8Array, at: number, directoryAt: number): { member: ContainerMember; length: number } {
  const wrong = (reason: string) => new ContainerProblem(reason, null, directoryAt + at)
  if (at + DIRECTORY_HEADER_LENGTH > directory.length) throw wrong('expected a directory header, found the end')
  const view = viewOf(directory.subarray(at))
  const nameLength = view.getUint16(28, true)
  const name = decodeUtf8(directory.subarray(at + DIRECTORY_HEADER_LENGTH, at + DIRECTORY_HEADER_LENGTH + nameLength))
  if (name.status === 'refused' || !isMemberName(name.text)) throw wrong('expected the name of a member, found another')
  const near = view.getUint32(42, true)
  const farAt = DIRECTORY_HEADER_LENGTH + nameLength + 4
  if (near === TOO_LARGE && at + farAt + 8 > directory.length) throw wrong('expected a zip64 field, found the end')
  const member: ContainerMember = {
    name: name.text,
    crc: view.getUint32(16, true),
    packedSize: view.getUint32(20, true),
    size: view.getUint32(24, true),
    offset: near === TOO_LARGE ? u64(view, farAt) : near,
  }
  const expected = directoryHeader(member)
  if (!equalBytes(directory.subarray(at, at + expected.length), expected)) {
    throw new ContainerProblem('expected the one header that fits the member, found another', member.name, directoryAt + at)
  }
  requireSizes(member)
  return { member, length: expected.length }
}

function requireSizes({ name, size, packedSize, offset }: ContainerMember): void {
  const fits = isDeflated(name) ? size <= packedSize * DEFLATE_LIMIT : size === packedSize
  if (!fits || size === TOO_LARGE || packedSize === TOO_LARGE) {
    throw new ContainerProblem(`expected sizes that can be, found ${packedSize} bytes for ${size}`, name, offset)
  }
}

async function requireLocalHeader(source: ContainerSource, member: ContainerMember): Promise<void> {
  const expected = localHeader(member)
  if (!equalBytes(await source.read(member.offset, expected.length), expected)) {
    throw new ContainerProblem('expected in front of the member what the directory says, found something else', member.name, member.offset)
  }
}

export interface MemberReading {
  readonly inflate: InflateStream
  readonly runningSha256: () => RunningDigest
  /** Called with packed bytes that were read. */
  readonly onRead?: (bytes: number) => void
}

/** What a member's bytes came to, once all of them are read. */
export interface MemberDigests {
  readonly sha256: string
  readonly packedSha256: string
}

/**
 * A member's content as a stream that stops at the first byte beyond its size, and `digests` when it has ended. @throws ContainerProblem, and what the
 * source throws.
 */
export class MemberContent {
  digests: MemberDigests | null = null
  /** What the source threw: that it can't be read says nothing of the bytes. */
  private unread: { readonly error: unknown } | null = null
  private readonly source: ContainerSource
  private readonly member: ContainerMember
  private readonly reading: MemberReading

  constructor(source: ContainerSource, member: ContainerMember, reading: MemberReading) {
    this.source = source
    this.member = member
    this.reading = reading
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    const { name, size, crc: expectedCrc } = this.member
    const plain = this.reading.runningSha256()
    const packed = this.reading.runningSha256()
    let [length, crc] = [0, 0]
    for await (const chunk of this.unpacked(packed)) {
      length += chunk.length
      if (length > size) throw this.wrong(`expected ${size} bytes, found more`)
      plain.update(chunk)
      crc = crc32(chunk, crc)
      yield chunk
    }
    if (length !== size) throw this.wrong(`expected ${size} bytes, found ${length}`)
    if (crc !== expectedCrc) throw this.wrong('expected the checksum of the content in its header, found another')
    const plainSha256 = toHex(plain.digest())
    this.digests = { sha256: plainSha256, packedSha256: isDeflated(name) ? toHex(packed.digest()) : plainSha256 }
  }

  private async *unpacked(packed: RunningDigest): AsyncGenerator<Uint8Array> {
    if (!isDeflated(this.member.name)) return yield* this.packed(null)
    try {
      yield* this.reading.inflate(this.packed(packed))
    } catch (error) {
      if (this.unread !== null) throw this.unread.error
      if (error instanceof ContainerProblem) throw error
      throw this.wrong(`expected deflated bytes, found others (${error instanceof Error ? error.message : String(error)})`)
    }
  }

  private async *packed(digest: RunningDigest | null): AsyncGenerator<Uint8Array> {
    const { offset, name, packedSize } = this.member
    const start = offset + LOCAL_HEADER_LENGTH + name.length
    for (let at = 0; at < packedSize; at += CHUNK) {
      const chunk = await this.read(start + at, Math.min(CHUNK, packedSize - at))
      digest?.update(chunk)
      this.reading.onRead?.(chunk.length)
      yield chunk
    }
  }

  private async read(at: number, length: number): Promise<Uint8Array> {
    try {
      return await this.source.read(at, length)
    } catch (error) {
      this.unread = { error }
      throw error
    }
  }

  private wrong(reason: string): ContainerProblem {
    return new ContainerProblem(reason, this.member.name, this.member.offset)
  }
}

/** In JavaScript alone. */
export const fflateInflate: InflateStream = async function* (packed) {
  let out: Uint8Array[] = []
  const inflate = new Inflate((chunk) => {
    if (chunk.length > 0) out.push(chunk)
  })
  const take = () => {
    const taken = out
    out = []
    return taken
  }
  // The last chunk is pushed as such, so one is always kept back.
  let before: Uint8Array | null = null
  for await (const chunk of packed) {
    if (before !== null) inflate.push(before)
    before = chunk
    yield* take()
  }
  inflate.push(before ?? new Uint8Array(0), true)
  yield* take()
  if (bytesLeft(inflate) > 0) throw new Error(BYTES_BEHIND)
}

/** What fflate has not taken stays in `p`, from bit `s.p` of its first byte on; it says so nowhere else. */
function bytesLeft(inflate: Inflate): number {
  const left: Uint8Array = Reflect.get(inflate, 'p')
  const { p: bits }: { readonly p: number } = Reflect.get(inflate, 's')
  return left.length - (bits > 0 ? 1 : 0)
}

export const JAVASCRIPT_READING: MemberReading = { inflate: fflateInflate, runningSha256: nobleRunningSha256 }

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
}

function u64(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true))
}
