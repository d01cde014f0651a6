import { Deflate } from 'fflate'
import { toHex } from '../bytes/hex.ts'
import { nobleRunningSha256, type RunningDigest } from '../digests.ts'
import { crc32 } from './crc-32.ts'
import { type ContainerMember, directoryHeader, endRecords, isDeflated, isMemberName, localHeader, TOO_LARGE } from './zip-layout.ts'

/** Where a container is written: a file, or memory. Calls come one at a time; each is awaited. */
export interface ContainerSink {
  /** Behind what was written before. */
  write(bytes: Uint8Array): void | Promise<void>
  /** Over bytes that were written before; where the next `write` goes doesn't change. */
  rewrite(at: number, bytes: Uint8Array): void | Promise<void>
}

export type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>

/** What was written of a member, digests in hex. */
export interface WrittenMember extends ContainerMember {
  readonly sha256: string
  /** Of the bytes as they stand in the container. */
  readonly packedSha256: string
}

/**
 * Writes a container member by member. A member's bytes go out as they come in; its header is written again when its sizes are known, so
 * nothing is held. The same members in the same order give the same bytes.
 */
export class ContainerWriter {
  private readonly sink: ContainerSink
  private readonly runningSha256: () => RunningDigest
  private readonly members: ContainerMember[] = []
  private readonly names = new Set<string>()
  private length = 0

  constructor(sink: ContainerSink, runningSha256: () => RunningDigest = nobleRunningSha256) {
    this.sink = sink
    this.runningSha256 = runningSha256
  }

  /** @throws when the name can't be one, was used before, or the member is too large. */
  async add(name: string, content: Chunks): Promise<WrittenMember> {
    if (!isMemberName(name) || this.names.has(name)) throw new Error(`expected a new member's name, found ${JSON.stringify(name)}`)
    this.names.add(name)
    const offset = this.length
    await this.write(localHeader({ name, size: 0, packedSize: 0, crc: 0 }))
    const facts = await this.pack(name, content)
    if (facts.size >= TOO_LARGE || facts.packedSize >= TOO_LARGE)
      throw new Error(`expected less than 4 GiB in ${name}, found ${facts.size}`)
    await this.sink.rewrite(offset, localHeader({ name, ...facts }))
    const written: WrittenMember = { name, offset, ...facts }
    this.members.push(written)
    return written
  }

  /** Writes the directory. Nothing can be added afterwards. Returns the container's length. */
  async end(): Promise<number> {
    const directoryAt = this.length
    for (const member of this.members) await this.write(directoryHeader(member))
    await this.write(endRecords(this.members.length, directoryAt, this.length - directoryAt))
    return this.length
  }

  private async pack(name: string, content: Chunks): Promise<Omit<WrittenMember, 'name' | 'offset'>> {
    const [plain, packed] = [this.runningSha256(), this.runningSha256()]
    let [size, packedSize, crc] = [0, 0, 0]
    const out = async (bytes: Uint8Array) => {
      packed.update(bytes)
      packedSize += bytes.length
      await this.write(bytes)
    }
    const deflate = isDeflated(name) ? new ChunkDeflate() : null
    for await (const bytes of content) {
      plain.update(bytes)
      size += bytes.length
      crc = crc32(bytes, crc)
      for (const piece of deflate === null ? [bytes] : deflate.push(bytes)) await out(piece)
    }
    for (const piece of deflate?.end() ?? []) await out(piece)
    return { size, packedSize, crc, sha256: toHex(plain.digest()), packedSha256: toHex(packed.digest()) }
  }

  private async write(bytes: Uint8Array): Promise<void> {
    this.length += bytes.length
    await this.sink.write(bytes)
  }
}

const STEP = 0x10000

/**
 * Deflate at a fixed level, by a library and never by the runtime: the bytes must not depend on where they were made, nor on how the
 * content was cut into chunks, so what is pushed is gathered to steps of 64 KiB.
 */
class ChunkDeflate {
  private readonly gathered = new Uint8Array(STEP)
  private length = 0
  private out: Uint8Array[] = []
  private readonly deflate = new Deflate({ level: 6 }, (bytes) => {
    if (bytes.length > 0) this.out.push(bytes)
  })

  push(bytes: Uint8Array): Uint8Array[] {
    for (let at = 0; at < bytes.length; ) {
      const piece = bytes.subarray(at, at + STEP - this.length)
      this.gathered.set(piece, this.length)
      this.length += piece.length
      at += piece.length
      if (this.length === STEP) this.flush(false)
    }
    return this.take()
  }

  end(): Uint8Array[] {
    this.flush(true)
    return this.take()
  }

  private flush(final: boolean): void {
    this.deflate.push(this.gathered.subarray(0, this.length), final)
    this.length = 0
  }

  private take(): Uint8Array[] {
    const out = this.out
    this.out = []
    return out
  }
}
