/** What a backup holds. It stands in `backup.json`, written last: a folder without it is no backup. */
export interface BackupManifest {
  readonly v: 1
  readonly madeAt: string
  /** `esdb`: the events are not in it; they are backed up with the store's own tools. */
  readonly eventStore: 'sqlite' | 'esdb'
  /** From then on the key store in it must not be restored: what was erased since would live on in it. */
  readonly keysExpireAt: string
  readonly files: readonly BackupFile[]
}

export interface BackupFile {
  /** Relative, with `/`. */
  readonly path: string
  readonly size: number
  readonly sha256: string
}

export const MANIFEST = 'backup.json'
/** Backups of the key store expire within 30 days: docs/record-format.md, "Personal data". */
export const KEYS_EXPIRE_AFTER = 30 * 24 * 3_600_000

/** @throws when it is none. */
export function parseManifest(text: string): BackupManifest {
  const manifest: unknown = JSON.parse(text)
  if (isManifest(manifest)) return manifest
  throw new Error(`expected the manifest of a backup, found ${text.slice(0, 80)}`)
}

function isManifest(value: unknown): value is BackupManifest {
  if (typeof value !== 'object' || value === null || !('v' in value) || value.v !== 1) return false
  const { madeAt, keysExpireAt, eventStore, files } = value as Partial<BackupManifest>
  const isKnown = eventStore === 'sqlite' || eventStore === 'esdb'
  return isKnown && typeof madeAt === 'string' && typeof keysExpireAt === 'string' && Array.isArray(files) && files.every(isFile)
}

/** A path that leads nowhere but into the folder. */
const PATH = /^(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*\/)*[A-Za-z0-9_~-][A-Za-z0-9._~-]*$/

/** Whether a file may stand in a manifest: all of ours may, and what others leave in a folder often may not. */
export function isBackupPath(path: string): boolean {
  return PATH.test(path)
}

function isFile(value: unknown): boolean {
  const { path, size, sha256 } = (value ?? {}) as Partial<BackupFile>
  return typeof path === 'string' && isBackupPath(path) && Number.isSafeInteger(size) && /^[0-9a-f]{64}$/.test(sha256 ?? '')
}
