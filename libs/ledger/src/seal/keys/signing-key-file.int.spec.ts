import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolders } from '../../sqlite/temporary-folder.ts'
import { signEd25519, verifyEd25519 } from './ed25519.ts'
import { dropRetiredKeys, loadSigningKeys, rotateSigningKey, SigningKeyRefused, signsAt } from './signing-key-file.ts'

const folder = temporaryFolders()
const LATER = '2026-06-01T00:00:00.000Z'

describe('the file of signing keys', () => {
  test('is made at the first start for its owner alone, and gives the same key ever after', async () => {
    const path = join(folder(), 'signing.key')
    const [made] = loadSigningKeys(path)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const [read, ...others] = loadSigningKeys(path)
    expect(others).toEqual([])
    expect(read?.publicKey).toEqual(made?.publicKey)
    const message = Buffer.from('a head')
    const signature = await signEd25519(read!.privateKey)(message)
    expect(await verifyEd25519(made!.publicKey, message, signature)).toBe(true)
    expect(await verifyEd25519(made!.publicKey, Buffer.from('another'), signature)).toBe(false)
  })

  test('a later rotation may end the older keys sooner, and prolongs none', () => {
    const path = join(folder(), 'signing.key')
    loadSigningKeys(path)
    rotateSigningKey(path, LATER)
    const sooner = '2026-05-01T00:00:00.000Z'
    expect(rotateSigningKey(path, sooner).map(({ retireAfter }) => retireAfter)).toEqual([null, sooner, sooner])
    expect(rotateSigningKey(path, LATER).map(({ retireAfter }) => retireAfter)).toEqual([null, LATER, sooner, sooner])
  })

  test('holds the newest key first after a rotation; the others go when their time is over', () => {
    const path = join(folder(), 'signing.key')
    const [first] = loadSigningKeys(path)
    const keys = rotateSigningKey(path, LATER)
    expect(keys.map(({ retireAfter }) => retireAfter)).toEqual([null, LATER])
    expect(loadSigningKeys(path)[1]?.publicKey).toEqual(first?.publicKey)
    expect(keys.map((key) => signsAt(key, '2026-05-31T23:59:59.999Z'))).toEqual([true, true])
    expect(keys.map((key) => signsAt(key, LATER))).toEqual([true, false])
    expect(dropRetiredKeys(path, '2026-05-31T23:59:59.999Z')).toHaveLength(2)
    expect(dropRetiredKeys(path, LATER)).toHaveLength(1)
    expect(readFileSync(path, 'utf8').match(/BEGIN/g)).toHaveLength(1)
  })

  test('is not made where there is no folder', () => {
    expect(() => loadSigningKeys(join(folder(), 'absent', 'signing.key'))).toThrow(SigningKeyRefused)
  })

  test('is refused when others may read it or it holds anything else, and is left as it is', () => {
    const path = join(folder(), 'signing.key')
    loadSigningKeys(path)
    const good = readFileSync(path, 'utf8')
    chmodSync(path, 0o644)
    expect(() => loadSigningKeys(path)).toThrow(SigningKeyRefused)
    chmodSync(path, 0o600)
    for (const text of [
      '',
      'no key',
      `${good}${good}`,
      `Retire-After: ${LATER}\n${good}`,
      `${good}Retire-After: tomorrow\n${good}`,
      good.replace('MC4CAQ', 'MC4CAA'),
    ]) {
      writeFileSync(path, text)
      expect(() => loadSigningKeys(path), text.slice(0, 40)).toThrow(SigningKeyRefused)
      expect(readFileSync(path, 'utf8')).toBe(text)
    }
  })
})
