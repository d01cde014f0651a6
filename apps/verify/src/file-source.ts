import { type FileHandle, open, stat } from 'node:fs/promises'
import type { ContainerSource } from '@annal/proof'
import { unreadable } from './unreadable.ts'

/** The pack can't be read, or not as one file: nothing can be said of it. The message says why. */
export class UnreadablePack extends Error {
  override readonly name = 'UnreadablePack'
}

/** A file on disk, read in pieces. */
export class FileSource implements ContainerSource {
  readonly size: number
  private readonly path: string
  private readonly file: FileHandle
  private readonly writtenAt: bigint

  private constructor(path: string, file: FileHandle, { size, mtimeNs }: Written) {
    this.path = path
    this.file = file
    this.size = Number(size)
    this.writtenAt = mtimeNs
  }

  /** @throws UnreadablePack when there is no such file. */
  static async open(path: string): Promise<FileSource> {
    // Before it is opened: a pipe would be waited for.
    const found = await reading(path, () => stat(path))
    if (!found.isFile()) throw notThere(path, found.isDirectory() ? 'a folder' : 'something else')
    const file = await reading(path, () => open(path, 'r'))
    return new FileSource(path, file, await file.stat({ bigint: true }))
  }

  /** @throws UnreadablePack */
  async read(at: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length)
    let read = 0
    while (read < length) {
      const { bytesRead } = await reading(this.path, () => this.file.read(bytes, read, length - read, at + read))
      if (bytesRead === 0) throw this.changed()
      read += bytesRead
    }
    return bytes
  }

  /** @throws UnreadablePack where somebody wrote to the file since it was opened: what was read may be parts of two. */
  async requireUnchanged(): Promise<void> {
    const { size, mtimeNs } = await this.file.stat({ bigint: true })
    if (Number(size) !== this.size || mtimeNs !== this.writtenAt) throw this.changed()
  }

  close(): Promise<void> {
    return this.file.close()
  }

  private changed(): UnreadablePack {
    return new UnreadablePack(
      `expected the file at ${JSON.stringify(this.path)} to stay as it was, found that it changed while it was read: check it again when nothing writes to it`,
    )
  }
}

interface Written {
  readonly size: bigint
  readonly mtimeNs: bigint
}

function notThere(path: string, found: string): UnreadablePack {
  return new UnreadablePack(`expected a file at ${JSON.stringify(path)}, found ${found}`)
}

async function reading<Found>(path: string, read: () => Promise<Found>): Promise<Found> {
  try {
    return await read()
  } catch (error) {
    throw notThere(path, unreadable(error))
  }
}
