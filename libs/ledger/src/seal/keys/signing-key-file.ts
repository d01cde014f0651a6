import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { isInstant } from '@annal/proof'
import { isMissing, syncFolder } from '../tiles/log-files.ts'
import { publicKeyOf } from './ed25519.ts'

/** A key that signs tree heads. Key objects can be posted to another thread and don't show their bytes in logs. */
export interface SigningKey {
  readonly privateKey: KeyObject
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  /** Until when it signs beside the newer one; null for the newest. */
  readonly retireAfter: string | null
}

/** The file can't serve. Nothing was changed. */
export class SigningKeyRefused extends Error {
  override readonly name = 'SigningKeyRefused'
}

/** Read, write or execute by anybody but the owner. */
const OTHERS = 0o077
const BLOCK = /^(?:Retire-After: (\S+)\n)?(-----BEGIN PRIVATE KEY-----\n[A-Za-z0-9+/=\n]+-----END PRIVATE KEY-----\n)/

/**
 * The keys in `path`, the newest first: Ed25519 in PEM (PKCS #8), each but the first under a line `Retire-After: <instant>`. If there is no
 * such file, one is made with a random key, mode 0600, durable before it is returned.
 * @throws SigningKeyRefused when others may read it, it holds anything else, or there is no such folder.
 */
export function loadSigningKeys(path: string): readonly SigningKey[] {
  return tryRead(path) ?? write(path, [newKey()])
}

/** Puts a new key before the others, which sign beside it until `retireAfter`, or as long as they were given before. Durable on return. */
export function rotateSigningKey(path: string, retireAfter: string): readonly SigningKey[] {
  const sooner = (given: string | null) => (given !== null && given < retireAfter ? given : retireAfter)
  const before = loadSigningKeys(path).map((key) => ({ ...key, retireAfter: sooner(key.retireAfter) }))
  return write(path, [newKey(), ...before])
}

/** Takes the keys whose time is over out of the file: their private halves are gone then. Durable on return. */
export function dropRetiredKeys(path: string, now: string): readonly SigningKey[] {
  const keys = loadSigningKeys(path)
  const kept = keys.filter((key) => signsAt(key, now))
  return kept.length === keys.length ? keys : write(path, kept)
}

export function signsAt({ retireAfter }: SigningKey, now: string): boolean {
  return retireAfter === null || now < retireAfter
}

function newKey(): SigningKey {
  const { privateKey } = generateKeyPairSync('ed25519')
  return { privateKey, publicKey: publicKeyOf(privateKey), retireAfter: null }
}

function tryRead(path: string): readonly SigningKey[] | null {
  const file = openExisting(path)
  if (file === null) return null
  try {
    const { mode } = fstatSync(file)
    if (process.platform !== 'win32' && (mode & OTHERS) !== 0) {
      const found = (mode & 0o777).toString(8)
      throw new SigningKeyRefused(`Expected ${path} to be readable by its owner alone (mode 600), found mode ${found}.`)
    }
    return parse(path, readFileSync(file, 'utf8'))
  } finally {
    closeSync(file)
  }
}

function openExisting(path: string): number | null {
  try {
    return openSync(path, 'r')
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

function parse(path: string, text: string): readonly SigningKey[] {
  const keys: SigningKey[] = []
  let rest = text.replaceAll('\r\n', '\n')
  while (rest.trim() !== '') {
    const [block, retireAfter, pem] = BLOCK.exec(rest) ?? []
    if (block === undefined || pem === undefined)
      throw new SigningKeyRefused(`Expected Ed25519 keys in PEM in ${path}, found something else.`)
    keys.push(parseKey(path, pem, retireAfter ?? null))
    rest = rest.slice(block.length)
  }
  const [first, ...others] = keys
  if (first === undefined || first.retireAfter !== null || others.some((key) => key.retireAfter === null))
    throw new SigningKeyRefused(`Expected ${path} to begin with the newest key and each other one under Retire-After, found another order.`)
  return keys
}

function parseKey(path: string, pem: string, retireAfter: string | null): SigningKey {
  if (retireAfter !== null && !isInstant(retireAfter))
    throw new SigningKeyRefused(`Expected an instant behind Retire-After in ${path}, found ${JSON.stringify(retireAfter)}.`)
  try {
    const privateKey = createPrivateKey(pem)
    if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error(`found ${privateKey.asymmetricKeyType}`)
    return { privateKey, publicKey: publicKeyOf(privateKey), retireAfter }
  } catch (error) {
    throw new SigningKeyRefused(`Expected an Ed25519 private key in ${path}, found another.`, { cause: error })
  }
}

/** Written whole under another name first: a file of this name is never seen half written. */
function write(path: string, keys: readonly SigningKey[]): readonly SigningKey[] {
  const folder = dirname(path)
  if (!existsSync(folder)) throw new SigningKeyRefused(`Expected the folder ${folder} for the signing key, found none.`)
  const draft = `${path}.${randomBytes(4).toString('hex')}.new`
  const text = keys.map(
    ({ privateKey, retireAfter }) => `${retireAfter === null ? '' : `Retire-After: ${retireAfter}\n`}${pemOf(privateKey)}`,
  )
  try {
    const file = openSync(draft, 'wx', 0o600)
    try {
      writeSync(file, text.join(''))
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
  syncFolder(dirname(path))
  return keys
}

function pemOf(privateKey: KeyObject): string {
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
}
