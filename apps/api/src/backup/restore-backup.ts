import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { holdWriterLock, LogHeads, PublishFolder } from '@annal/ledger'
import type { ServerConfig } from '../serve/config.ts'
import { dataFolder, prepareDataFolder } from '../serve/data-folder.ts'
import { type BackupManifest, MANIFEST, parseManifest } from './backup-manifest.ts'
import { fileDigest } from './file-digest.ts'

export interface Restored {
  readonly manifest: BackupManifest
  /** Sentences about heads that were published after the backup: the logs they are of will be closed at the next start. */
  readonly behind: readonly string[]
}

/**
 * Puts a backup into `ANNAL_DATA`, which must hold no record yet. Nothing is put there unless every file is what the manifest says. The next
 * start carries out every recorded erasure before it serves, and makes the views anew. While files are put there the folder is locked as by a server.
 * @throws with the reason; then nothing was restored.
 */
export async function restoreBackup(config: ServerConfig, from: string, now: Date): Promise<Restored> {
  const manifest = readManifest(from)
  requireEmpty(config.data)
  if (now.toISOString() >= manifest.keysExpireAt)
    throw new Error(`The keys of this backup expired at ${manifest.keysExpireAt}: people who were erased since would live on in them.`)
  await requireWhole(from, manifest)
  const lock = holdWriterLock(prepareDataFolder(config.data).events)
  try {
    // Another one may have come first while the files were looked at.
    requireEmpty(config.data)
    putIntoPlace(config.data, from, manifest)
  } finally {
    lock.release()
  }
  return { manifest, behind: behindPublished(config) }
}

function readManifest(from: string): BackupManifest {
  const path = join(from, MANIFEST)
  if (!existsSync(path)) throw new Error(`${path} does not exist: ${from} is no backup, or one that was not finished.`)
  return parseManifest(readFileSync(path, 'utf8'))
}

/**
 * Everything is copied beside its place first: a disk that is full leaves no half of a record. Where this ends in between, the folder is left that
 * keeps a server from starting.
 */
function putIntoPlace(data: string, from: string, { files }: BackupManifest): void {
  const { restoring: staging } = dataFolder(data)
  rmSync(staging, { recursive: true, force: true })
  try {
    for (const { path } of files) copy(join(from, path), join(staging, path))
    for (const name of readdirSync(staging)) renameSync(join(staging, name), join(data, name))
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
  cpSync(from, to)
}

function requireEmpty(data: string): void {
  const left = leftByRecord(data)
  if (left !== undefined) throw new Error(`${left} exists: a backup is restored into an empty folder.`)
}

/** What would be taken for a part of the record that is restored, a cursor behind which nothing is erased again among it. */
function leftByRecord(data: string): string | undefined {
  const { events, keys, reactions, views, search, log, tiles, heads, packs, erasures } = dataFolder(data)
  const databases = [events, keys, reactions, views, search, log].flatMap((path) =>
    ['', '-wal', '-shm', '-journal'].map((end) => path + end),
  )
  return [...databases, tiles, heads, packs, erasures].find((path) => existsSync(path))
}

async function requireWhole(from: string, { files }: BackupManifest): Promise<void> {
  for (const { path, size, sha256 } of files) {
    const found = existsSync(join(from, path)) ? await fileDigest(join(from, path)) : null
    if (found?.size !== size || found.sha256 !== sha256)
      throw new Error(
        `${path}: expected ${size} bytes with SHA-256 ${sha256}, found ${found === null ? 'no file' : `${found.size} with ${found.sha256}`}.`,
      )
  }
}

function behindPublished({ data, publishFolder }: ServerConfig): string[] {
  if (publishFolder === null) return []
  const { heads } = dataFolder(data)
  const published = new PublishFolder(publishFolder)
  return published.logs().flatMap((log) => {
    // The second line of a head is its size.
    const size = Number(published.newest(log)?.split('\n')[1] ?? 0)
    const restored = new LogHeads(join(heads, log)).newest()?.size ?? 0
    return restored >= size
      ? []
      : [
          `The log ${log} was published up to ${size} leaves; this backup has ${restored}. It will be closed until an administrator continues it.`,
        ]
  })
}
