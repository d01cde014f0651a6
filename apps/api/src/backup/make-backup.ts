import { copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import type { ServerConfig } from '../serve/config.ts'
import { dataFolder } from '../serve/data-folder.ts'
import { type BackupFile, type BackupManifest, isBackupPath, KEYS_EXPIRE_AFTER, MANIFEST } from './backup-manifest.ts'
import { fileDigest } from './file-digest.ts'
import { openPart } from './part-folder.ts'

/**
 * Copies the data folder beside a running server, without what can be made anew (views, search, caches), without sessions, and without the keys
 * that open and sign: those are kept apart. The order is what makes the copy whole: heads before the tiles and events that they are
 * signed over, events before the keys that they are sealed with.
 * @param to a folder that doesn't exist yet.
 */
export async function makeBackup(config: ServerConfig, to: string, now: Date): Promise<BackupManifest> {
  requireFree(to)
  requireRecord(config)
  requireOutside(config, to)
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
  const { part, remove } = openPart(to)
  try {
    const manifest = await copyAll(config, part, now)
    requireFree(to)
    renameSync(part, to)
    return manifest
  } finally {
    remove()
  }
}

async function copyAll(config: ServerConfig, part: string, now: Date): Promise<BackupManifest> {
  const files = dataFolder(config.data)
  for (const folder of [files.heads, files.tiles]) copyFolder(folder, config.data, part)
  for (const database of databases(config)) await copyDatabase(database, config.data, part)
  copyFolder(files.packs, config.data, part)
  const manifest: BackupManifest = {
    v: 1,
    madeAt: now.toISOString(),
    eventStore: config.eventStore.kind,
    keysExpireAt: new Date(now.getTime() + KEYS_EXPIRE_AFTER).toISOString(),
    files: await digests(part),
  }
  writeFileSync(join(part, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true })
  return manifest
}

function requireFree(to: string): void {
  if (existsSync(to)) throw new Error(`${to} exists already: a backup goes into a folder of its own.`)
}

function requireRecord({ data, eventStore }: ServerConfig): void {
  const { events, keys } = dataFolder(data)
  const missing = (eventStore.kind === 'sqlite' ? [events, keys] : [keys]).find((path) => !existsSync(path))
  if (missing !== undefined) throw new Error(`${missing} does not exist: ${data} holds no record to back up.`)
}

/** Within the data folder it would be lost with what it is a copy of, and copied by the next one. */
function requireOutside({ data }: ServerConfig, to: string): void {
  const way = relative(placeOf(data), placeOf(resolve(to)))
  if (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
    throw new Error(`${to} is within ${data}: a backup goes to a place outside the data folder, or it is lost with it.`)
}

/** Where a path leads, though its end doesn't exist yet. */
function placeOf(path: string): string {
  return existsSync(path) ? realpathSync(path) : join(placeOf(dirname(path)), basename(path))
}

function databases({ data, eventStore }: ServerConfig): string[] {
  const { reactions, events, keys } = dataFolder(data)
  return eventStore.kind === 'sqlite' ? [reactions, events, keys] : [reactions, keys]
}

/** As it stands at one moment, whatever is being written meanwhile. */
async function copyDatabase(path: string, from: string, to: string): Promise<void> {
  if (!existsSync(path)) return
  const database = new DatabaseSync(path, { readOnly: true, timeout: 10_000 })
  try {
    await backup(database, join(to, relative(from, path)))
  } finally {
    database.close()
  }
}

/** Without what is being made: files half written, and the places where packs are built. What lies behind links is copied like all else. */
function copyFolder(path: string, from: string, to: string): void {
  const isFinished = (file: string) => !/^[^/]+\/work|\.(?:part|new)$/.test(slashed(relative(path, file)))
  const copies = (file: string) => isFinished(file) && isBackupPath(slashed(relative(from, file)))
  copyFound(path, join(to, relative(from, path)), copies)
}

/** What is removed meanwhile, as a pack that opens what was erased, is not in the backup. */
function copyFound(from: string, to: string, copies: (path: string) => boolean): void {
  const found = unlessGone(from, () => statSync(from))
  if (found?.isFile()) unlessGone(from, () => copyFileSync(from, to))
  if (!found?.isDirectory()) return
  mkdirSync(to, { recursive: true, mode: 0o700 })
  const names = unlessGone(from, () => readdirSync(from)) ?? []
  for (const name of names) if (copies(join(from, name))) copyFound(join(from, name), join(to, name), copies)
}

/** A link that leads nowhere is not gone: what should lie behind it would be missing. */
function unlessGone<Result>(path: string, read: () => Result): Result | undefined {
  try {
    return read()
  } catch (error) {
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return undefined
    throw error
  }
}

async function digests(folder: string): Promise<BackupFile[]> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = entries.map(({ parentPath, name }) => slashed(relative(folder, join(parentPath, name)))).sort()
  const files: BackupFile[] = []
  for (const path of paths) files.push({ path, ...(await fileDigest(join(folder, path))) })
  return files
}

function slashed(path: string): string {
  return path.split(sep).join('/')
}
