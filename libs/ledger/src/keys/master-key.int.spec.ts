import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadMasterKey, MasterKeyRefused, readMasterKey } from './master-key.ts'

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'annal-master-key-'))
  path = join(folder, 'master.key')
})

afterEach(() => rmSync(folder, { recursive: true }))

describe('when there is none', () => {
  test('a random one is made, for its owner alone, and is the same ever after', () => {
    const made = loadMasterKey(path)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readFileSync(path, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/)
    expect(loadMasterKey(path).equals(made)).toBe(true)
    expect(readMasterKey(path).equals(made)).toBe(true)
    expect(readdirSync(folder)).toEqual(['master.key'])
  })

  test('whoever only reads says so and makes none', () => {
    expect(problemOf(() => readMasterKey(path))).toBe('missing')
    expect(readdirSync(folder)).toEqual([])
  })

  test('processes that start at once agree on one', async () => {
    const code = `import { loadMasterKey } from ${JSON.stringify(new URL('./master-key.ts', import.meta.url))}; console.log(loadMasterKey(process.argv[1]).export().toString('hex'))`
    const start = () => promisify(execFile)(process.execPath, ['--conditions=@annal/source', '--input-type=module', '-e', code, path])
    const found = await Promise.all([start(), start(), start()])
    expect(new Set(found.map(({ stdout }) => stdout)).size).toBe(1)
    expect(readdirSync(folder)).toEqual(['master.key'])
  })

  test('its folder must exist', () => {
    const absent = join(folder, 'absent')
    expect(() => loadMasterKey(join(absent, 'master.key'))).toThrow(`Expected the folder ${absent} for the master key, found none.`)
  })
})

describe('an existing file', () => {
  test.each([
    ['64 hex digits', 'ab'.repeat(32)],
    ['64 hex digits and a line end', `${'ab'.repeat(32)}\n`],
    ['64 upper-case hex digits and a DOS line end', `${'AB'.repeat(32)}\r\n`],
    ['32 raw bytes', Buffer.alloc(32, 0xab)],
  ])('of %s is the key', (_what, content) => {
    writeFileSync(path, content, { mode: 0o600 })
    expect(loadMasterKey(path).export()).toEqual(Buffer.alloc(32, 0xab))
  })

  test.each([
    ['nothing', ''],
    ['too few digits', 'ab'.repeat(31)],
    ['too many digits', 'ab'.repeat(33)],
    ['two lines', `${'ab'.repeat(32)}\n\n`],
    ['31 raw bytes', Buffer.alloc(31, 0xab)],
    ['33 raw bytes', Buffer.alloc(33, 0xab)],
  ])('with %s is refused as malformed, and left as it is', (_what, content) => {
    writeFileSync(path, content, { mode: 0o600 })
    expect(problemOf(() => loadMasterKey(path))).toBe('malformed')
    expect(readFileSync(path)).toEqual(Buffer.from(content))
  })

  test.each([0o640, 0o604, 0o620, 0o601, 0o644, 0o777])('of mode %o is refused as exposed', (mode) => {
    loadMasterKey(path)
    chmodSync(path, mode)
    expect(problemOf(() => loadMasterKey(path))).toBe('exposed')
    expect(() => readMasterKey(path)).toThrow(new RegExp(`mode 600\\), found mode ${mode.toString(8)}`))
  })

  test('may be read-only, and behind a link, as mounted secrets are', () => {
    const made = loadMasterKey(path)
    chmodSync(path, 0o400)
    symlinkSync(path, join(folder, 'link'))
    expect(loadMasterKey(join(folder, 'link')).equals(made)).toBe(true)
  })

  test('that is a folder is refused', () => {
    mkdirSync(path, { mode: 0o700 })
    expect(problemOf(() => loadMasterKey(path))).toBe('malformed')
  })
})

test('a key does not show in what is printed of it', () => {
  const key = loadMasterKey(path)
  expect(JSON.stringify({ key })).not.toContain(readFileSync(path, 'utf8').trim().slice(0, 8))
  expect(String(key)).toBe('[object KeyObject]')
})

function problemOf(call: () => unknown): string {
  try {
    call()
  } catch (error) {
    if (error instanceof MasterKeyRefused) return error.problem
    throw error
  }
  return 'none'
}
