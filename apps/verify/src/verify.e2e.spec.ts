import { execFile, execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { encodeUtf8, formatVerifierKey, formatWitnessKey, nobleDigests, noteBytes, signNote } from '@annal/proof'
import { timestampRequest } from '@annal/proof/timestamp'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signerOf } from '../../../libs/proof/vectors/example-log.ts'
import { exampleLog, examplePack, ORIGIN, policyOf, systemLog, WITNESS } from '../../../libs/proof/vectors/example-pack.ts'
import { OpensslTsa, opensslIsThere } from '../../../libs/proof/vectors/openssl-tsa.ts'

/** The oldest Node that must do; on machines that have another one, that one. */
const NODE = existsSync('/usr/bin/node') ? '/usr/bin/node' : 'node'
const folder = mkdtempSync(join(tmpdir(), 'annal-verify-'))
const log = exampleLog(40)
const KEY = log.verifierKey

interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** In a bare folder: nothing of Annal is there but what was put there. */
function verify(...args: readonly string[]): Promise<Ran> {
  return new Promise((done) => {
    execFile(NODE, ['verify.mjs', ...args], { cwd: folder, env: {} }, (error, stdout, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    )
  })
}

function put(name: string, content: Uint8Array | string): string {
  writeFileSync(join(folder, name), content)
  return name
}

beforeAll(async () => {
  await build({ root: resolve(import.meta.dirname, '..'), logLevel: 'error', build: { outDir: join(folder, 'built') } })
  copyFileSync(join(folder, 'built/verify.mjs'), join(folder, 'verify.mjs'))
  rmSync(join(folder, 'built'), { recursive: true })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('node verify.mjs', () => {
  test('exits 3 without anything from outside, and says which key to compare', async () => {
    const { code, stdout } = await verify(put('pack.zip', await examplePack(log)))
    expect([code, stdout]).toEqual([
      3,
      expect.stringContaining(`signed by key ${KEY}, which came with the pack: compare it by another way`),
    ])
    expect(stdout).toMatch(/✓ integrity +holds/)
    expect(stdout).toMatch(/~ signature +partial/)
    expect(stdout).toMatch(/40 events, of ledger.example\/log\/v1\/ws_k7m2q9x4t1 at size 40; scope: the whole log/)
    expect(stdout).toMatch(/3 fields show "erased"/)
  })

  test('exits 0 under a key from outside, given as text or in a file', async () => {
    put('pack.zip', await examplePack(log))
    expect(await verify('pack.zip', '--key', KEY)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('All that the pack claims holds.'),
    })
    expect(await verify('--key', put('keys.txt', `# ours\n${KEY}\n`), 'pack.zip')).toMatchObject({ code: 0 })
  })

  test('exits 0 under a head that was kept, and 1 when a newer one was kept', async () => {
    put('pack.zip', await examplePack(log))
    const head = async (size: number) => put(`head-${size}`, await exampleLog(size).head())
    expect(await verify('pack.zip', '--head', await head(12))).toMatchObject({ code: 0 })
    const newer = await verify('pack.zip', '--key', KEY, '--head', await head(44))
    expect(newer).toMatchObject({ code: 1, stdout: expect.stringMatching(/✗ freshness +fails +you kept a newer head, of size 44/) })
  })

  test('exits 3 when a head was kept of another log, whatever key is given', async () => {
    put('pack.zip', await examplePack(log))
    put('other-log', await systemLog([KEY]).head())
    expect(await verify('pack.zip', '--key', KEY, '--head', 'other-log')).toMatchObject({
      code: 3,
      stdout: expect.stringMatching(/~ integrity +partial .*of ledger.example\/log\/v1\/system, not of this log/),
    })
  })

  test('exits 1 when something is wrong, and names the place', async () => {
    const pack = await examplePack(log)
    pack[pack.indexOf(0x25, 100) + 3] = 0
    const { code, stdout } = await verify(put('bent.zip', pack), '--key', KEY)
    expect([code, stdout]).toEqual([1, expect.stringMatching(/✗ report +fails[^\n]*\n +at report.pdf, byte \d+ of the pack/)])
    const other = await verify(put('pack.zip', await examplePack(log)), '--key', formatVerifierKey(signerOf(ORIGIN, 9).key))
    expect(other).toMatchObject({ code: 1, stdout: expect.stringMatching(/✗ signature +fails/) })
  })

  test('asks witnesses', async () => {
    put('pack.zip', await examplePack(log, { cosigners: [WITNESS], witnesses: policyOf(1, WITNESS) }))
    expect(await verify('pack.zip', '--key', KEY)).toMatchObject({ code: 3 })
    expect(await verify('pack.zip', '--key', KEY, '--witness', formatWitnessKey(WITNESS.key))).toMatchObject({ code: 0 })
  })

  test.skipIf(!opensslIsThere)('asks timestamping authorities', async () => {
    const tsa = new OpensslTsa('p256')
    const timestamps = (text: string) => [tsa.answer(timestampRequest(nobleDigests.sha256(encodeUtf8(text)), Uint8Array.of(1, 2, 3, 4)))]
    put('pack.zip', await examplePack(log, { timestamps }))
    put('tsa.pem', tsa.issuer)
    put('stranger.pem', new OpensslTsa('p256').issuer)
    expect(await verify('pack.zip', '--key', KEY)).toMatchObject({ code: 3, stdout: expect.stringMatching(/~ timestamp +partial/) })
    expect(await verify('pack.zip', '--key', KEY, '--tsa', 'stranger.pem')).toMatchObject({ code: 3 })
    expect(await verify('pack.zip', '--key', KEY, '--tsa', 'tsa.pem')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/✓ timestamp +holds +the head existed at 20\d\d-.*Example TSA/),
    })
    const other = await examplePack(exampleLog(40), { timestamps: () => timestamps('another head') })
    tsa.close()
    expect(await verify(put('moved.zip', other), '--key', KEY, '--tsa', 'tsa.pem')).toMatchObject({ code: 1 })
  })

  test('prints JSON', async () => {
    const { code, stdout } = await verify(put('pack.zip', await examplePack(log)), '--json', '--key', KEY)
    const printed: unknown = JSON.parse(stdout)
    expect(code).toBe(0)
    expect(printed).toMatchObject({
      outcome: 'holds',
      verdicts: { signature: { verdict: 'holds', where: null } },
      frauds: [],
      facts: { size: 40 },
    })
  })

  test.each<readonly string[]>([
    [],
    ['a.zip', 'b.zip'],
    ['missing.zip'],
    ['.'],
    ['a.zip', '--nonsense'],
    ['a.zip', '--key', 'nokey'],
    ['a.zip', '--key', 'empty'],
    ['a.zip', '--witness', 'only-comments'],
    ['a.zip', '--head', 'missing'],
    ['a.zip', '--head', 'no-head'],
  ])('exits 2 for wrong use: %s %s', async (...args) => {
    put('a.zip', await examplePack(log))
    put('empty', '')
    put('only-comments', '# the keys of our witnesses\n\n')
    put('no-head', noteBytes(await signNote('no head\n', [log.signer])))
    const { code, stderr } = await verify(...args)
    expect([code, stderr.length > 0]).toEqual([2, true])
  })

  test.each<readonly [string, ...string[]]>([
    ['expected a file at "missing.zip", found none\n', 'missing.zip'],
    ['expected a file at ".", found a folder\n', '.'],
    ['expected a signed tree head in a file at "missing", found none\n', 'a.zip', '--head', 'missing'],
    ['expected a signed tree head in a file at ".", found a folder\n', 'a.zip', '--head', '.'],
    ['expected certificates in a file at "missing", found none\n', 'a.zip', '--tsa', 'missing'],
    ['expected a verifier key or a file of keys, found "missing"\n', 'a.zip', '--key', 'missing'],
    ['expected a verifier key or a file of keys, found "missing"\n', 'a.zip', '--witness', 'missing'],
  ])('says what is missing in a sentence: %j', async (sentence, ...args) => {
    put('a.zip', await examplePack(log))
    const { stderr } = await verify(...args)
    expect(stderr.startsWith(sentence)).toBe(true)
  })

  test.skipIf(process.platform === 'win32')('does not wait for a pipe', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')])
    expect(await verify('pipe')).toEqual({ code: 2, stdout: '', stderr: 'expected a file at "pipe", found something else\n' })
  })

  test('checks a pack of 5,000 events as a stream', async () => {
    put('large.zip', await examplePack(exampleLog(5_000)))
    const { code, stdout } = await verify('large.zip', '--key', KEY)
    expect([code, stdout]).toEqual([0, expect.stringContaining('5000 events')])
  })
})
