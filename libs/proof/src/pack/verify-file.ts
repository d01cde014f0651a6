import type { ContainerSource } from '../container/read-container.ts'
import type { TimestampCheck } from './check-timestamps.ts'
import { JAVASCRIPT_PACK_READING, type PackAnchors } from './pack-reading.ts'
import { type PackProgress, type PackVerification, verifyPack } from './verify-pack.ts'

/** A `File` or `Blob` of a browser, as far as it is needed. */
export interface FileLike {
  readonly size: number
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> }
}

export interface VerifyFileOptions {
  readonly onProgress?: (progress: PackProgress) => void
  /** `verifyTimestamp` of `@annal/proof/timestamp`, best loaded when it is needed; without it timestamps stay unknown. */
  readonly timestamps?: TimestampCheck
}

/**
 * `verifyPack` of a file that somebody dropped on a page: nothing leaves the machine. The page's thread is given back between chunks, so that
 * progress can be drawn; a worker is kinder still.
 */
export function verifyFile(file: FileLike, anchors: PackAnchors, options: VerifyFileOptions = {}): Promise<PackVerification> {
  const source: ContainerSource = {
    size: file.size,
    read: async (at, length) => new Uint8Array(await file.slice(at, at + length).arrayBuffer()),
  }
  const reading = { ...JAVASCRIPT_PACK_READING, timestamps: options.timestamps ?? null }
  return verifyPack(source, anchors, { reading, ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }) })
}
