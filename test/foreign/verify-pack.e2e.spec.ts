import { execFile } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NO_ANCHORS, type PackScope, parseVerifierKey, verifyPack } from '@annal/proof'
import { afterAll, describe, expect, it } from 'vitest'
import { signerOf } from '../../libs/proof/vectors/example-log.ts'
import { exampleLog, examplePack, leavesOf, systemLog } from '../../libs/proof/vectors/example-pack.ts'

/*
 * `verify_pack.py` was written from docs/proof-format.md and docs/record-format.md alone, in another language and without a library: what it
 * says of a pack shows whether these documents say enough, and whether our own verifier reads them as somebody else would.
 */

const program = join(import.meta.dirname, 'verify_pack.py')
const folder = mkdtempSync(join(tmpdir(), 'annal-foreign-'))
const log = exampleLog(300)
const at = (leaf: number): string => JSON.parse(new TextDecoder().decode(log.leaves[leaf]?.entry ?? new Uint8Array())).at
const scopes: readonly (readonly [string, PackScope])[] = [
  ['the workspace', { kind: 'workspace' }],
  ['a range', { kind: 'range', from: 37, to: 211, since: null, until: null }],
  ['a period that begins and ends with an event', { kind: 'range', from: 37, to: 211, since: at(37), until: at(211) }],
  ['a system', { kind: 'references', refs: ['aisystem:s0'] }],
  ['two models', { kind: 'references', refs: ['model:m0@7', 'model:m1@7'] }],
  ['a selection', { kind: 'selection', filter: { type: 'BiasAudited' } }],
]

afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Said {
  readonly code: number
  readonly lines: readonly string[]
}

function foreign(pack: Uint8Array, key: string | null): Promise<Said> {
  const file = join(folder, 'pack.zip')
  writeFileSync(file, pack)
  return new Promise((resolve, reject) => {
    execFile('python3', [program, file, ...(key === null ? [] : ['--key', key])], (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') reject(new Error(`expected python3 to run ${program}: ${stderr}`))
      else resolve({ code: Number(error?.code ?? 0), lines: stdout.trim().split('\n') })
    })
  })
}

async function ours(pack: Uint8Array, key: string): Promise<string> {
  const parsed = parseVerifierKey(key)
  if (parsed === null) throw new Error(`expected a verifier key, found ${key}`)
  const source = { size: pack.length, read: (at: number, length: number) => pack.slice(at, at + length) }
  return (await verifyPack(source, { ...NO_ANCHORS, keys: [parsed] })).outcome
}

describe('a verifier that somebody else wrote from the documents', { timeout: 180_000 }, () => {
  it.each(scopes)('finds that a pack of %s holds, as ours does', async (name, scope) => {
    const pack = await examplePack(log, { scope, system: systemLog([log.verifierKey]), roles: true })
    expect(await ours(pack, log.verifierKey)).toBe('holds')
    expect(await foreign(pack, log.verifierKey)).toEqual({
      code: 0,
      lines: [
        'container: holds',
        'signature: holds',
        'integrity: holds',
        'order: holds',
        `completeness: ${name === 'a selection' ? 'not claimed' : 'holds'}`,
      ],
    })
    expect(await foreign(pack, null)).toMatchObject({ code: 3 })
  })

  it('can not tell of a thing that nothing names, as ours can not', async () => {
    const pack = await examplePack(log, { scope: { kind: 'references', refs: ['model:m0@7', 'model:unheard-of'] } })
    expect(await ours(pack, log.verifierKey)).toBe('consistent')
    expect(await foreign(pack, log.verifierKey)).toMatchObject({
      code: 3,
      lines: expect.arrayContaining([expect.stringMatching(/^completeness: partial/)]),
    })
  })

  it('sees ledger time that goes back from one file to another, as ours does', async () => {
    const back = exampleLog(40, 1, { entry: (entry) => (entry.seq === 0 ? { ...entry, at: '2026-12-01T00:00:00.000Z' } : entry) })
    const pack = await examplePack(back, { scope: { kind: 'selection', filter: {} }, leaves: back.leaves.slice(20, 21), roles: true })
    expect(await ours(pack, log.verifierKey)).toBe('fails')
    expect((await foreign(pack, log.verifierKey)).lines).toContainEqual(expect.stringMatching(/^order: fails/))
  })

  it.each([
    ['the workspace’s', { signers: [signerOf('ledger.example/log/v1/ws_other', 1)] }],
    ['the system’s', { system: systemLog([log.verifierKey], [], 'rotated', 'ledger.example/log/v1/ws_other') }],
  ])('refuses keys and heads of another log than %s, as ours does', async (_name, wish) => {
    const pack = await examplePack(log, wish)
    expect(await ours(pack, log.verifierKey)).toBe('fails')
    expect(await foreign(pack, log.verifierKey)).toMatchObject({ code: 1 })
  })

  it('finds nothing that holds under a stranger’s key', async () => {
    const pack = await examplePack(exampleLog(40, 2))
    expect(await foreign(pack, log.verifierKey)).toMatchObject({
      code: 1,
      lines: expect.arrayContaining([expect.stringMatching(/^signature: fails/)]),
    })
  })

  it('misses a leaf that was left out', async () => {
    const scope: PackScope = { kind: 'references', refs: ['aisystem:s0'] }
    const leaves = leavesOf(log, scope)
    expect(await foreign(await examplePack(log, { scope, leaves }), log.verifierKey)).toMatchObject({ code: 0 })
    const without = await examplePack(log, { scope, leaves: leaves.toSpliced(20, 1) })
    expect((await foreign(without, log.verifierKey)).lines.at(-1)).toMatch(/^completeness: fails numbers of a token are missing/)
  })

  it('refuses each of 10 packs in which one bit differs, as ours does', async () => {
    const pack = await examplePack(exampleLog(20, 3), { scope: { kind: 'references', refs: ['aisystem:s1'] } })
    const key = exampleLog(20, 3).verifierKey
    for (let i = 0; i < 10; i++) {
      const at = randomInt(pack.length)
      const bent = pack.map((byte, place) => (place === at ? byte ^ (1 << (i % 8)) : byte))
      expect(await foreign(bent, key), `bit ${i % 8} of byte ${at}`).toMatchObject({ code: 1 })
      expect(await ours(bent, key)).toBe('fails')
    }
  })
})
