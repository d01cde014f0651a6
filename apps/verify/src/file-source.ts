import { type FileHandle, open } from 'node:fs/promises'
import type { ContainerSource } from '@annal/proof'

/** A file on disk, read in pieces. */
export class FileSource implements ContainerSource {
  readonly size: number
  private readonly file: FileHandle

  private constructor(file: FileHandle, size: number) {
    this.file = file
    this.size = size
  }

  /** @throws when there is no such file; the message says what is there. */
  static async open(path: string): Promise<FileSource> {
    const file = await open(path, 'r')
    const found = await file.stat()
    if (found.isFile()) return new FileSource(file, found.size)
    await file.close()
    throw new Error(found.isDirectory() ? 'a folder' : 'something else')
  }

  async read(at: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length)
    let read = 0
    while (read < length) {
      const { bytesRead } = await this.file.read(bytes, read, length - read, at + read)
      if (bytesRead === 0) throw new Error(`expected ${length} bytes at ${at}, found the end of the file`)
      read += bytesRead
    }
    return bytes
  }

  close(): Promise<void> {
    return this.file.close()
  }
}
