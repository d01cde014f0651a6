import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { closeSync, existsSync, fstatSync, fsyncSync, linkSync, openSync, readFileSync, type Stats, unlinkSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * The key that wraps all others (AES-256). A key object keeps its bytes out of logs and dumps of values, and can be posted to a
 * worker thread.
 */
export type MasterKey = KeyObject

type MasterKeyProblem = 'missing' | 'exposed' | 'malformed'

/** The file at `path` can't serve as the master key. Nothing was changed. */
export class MasterKeyRefused extends Error {
  override readonly name = 'MasterKeyRefused'
  readonly problem: MasterKeyProblem

  constructor(problem: MasterKeyProblem, message: string) {
    super(message)
    this.problem = problem
  }
}

const KEY_LENGTH = 32
const HEX = /^[0-9a-f]{64}\r?\n?$/i
/** Read, write or execute by anybody but the owner. */
const OTHERS = 0o077
/** Windows keeps access lists instead of these bits. */
const hasModes = process.platform !== 'win32'

/**
 * The master key in `path`: 64 hex digits (a line end may follow) or 32 raw bytes, readable by its owner alone. If there is no
 * such file, a random key is made, durable with its folder entry before it is returned; of two processes that do so at once, one
 * makes it and both read it. Its folder must exist.
 * @throws MasterKeyRefused
 */
export function loadMasterKey(path: string): MasterKey {
  return tryRead(path) ?? create(path)
}

/**
 * The same, but never makes a key: for whoever reads beside the server.
 * @throws MasterKeyRefused
 */
export function readMasterKey(path: string): MasterKey {
  const key = tryRead(path)
  if (key === null) throw new MasterKeyRefused('missing', `Expected the master key in ${path}, found no such file.`)
  return key
}

function tryRead(path: string): MasterKey | null {
  const file = openExisting(path)
  if (file === null) return null
  try {
    requirePrivate(path, fstatSync(file))
    return parse(path, readFileSync(file))
  } finally {
    closeSync(file)
  }
}

function openExisting(path: string): number | null {
  try {
    return openSync(path, 'r')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
}

function requirePrivate(path: string, stats: Stats): void {
  if (!stats.isFile()) throw new MasterKeyRefused('malformed', `Expected the master key in ${path}, found something that is no file.`)
  if (!hasModes || (stats.mode & OTHERS) === 0) return
  const mode = (stats.mode & 0o777).toString(8)
  throw new MasterKeyRefused(
    'exposed',
    `Expected ${path} to be readable by its owner alone (mode 600), found mode ${mode}. Others may have read the master key: ` +
      'if they did not, run chmod 600 on it.',
  )
}

function parse(path: string, content: Buffer): MasterKey {
  const text = content.toString('latin1')
  const bytes = HEX.test(text) ? Buffer.from(text.slice(0, 2 * KEY_LENGTH), 'hex') : content
  if (bytes.length !== KEY_LENGTH) {
    throw new MasterKeyRefused(
      'malformed',
      `Expected the master key in ${path} (64 hex digits or ${KEY_LENGTH} raw bytes), found ${content.length} other bytes.`,
    )
  }
  return createSecretKey(bytes)
}

/** Written whole under another name, then linked: a file of this name is never seen half written, and never replaced. */
function create(path: string): MasterKey {
  const folder = dirname(path)
  if (!existsSync(folder)) throw new MasterKeyRefused('missing', `Expected the folder ${folder} for the master key, found none.`)
  const draft = `${path}.${process.pid}-${randomBytes(4).toString('hex')}.new`
  writeDurably(draft, `${randomBytes(KEY_LENGTH).toString('hex')}\n`)
  try {
    linkSync(draft, path)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  } finally {
    unlinkSync(draft)
  }
  if (hasModes) syncFolder(folder)
  return readMasterKey(path)
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
