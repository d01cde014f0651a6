import { randomUUID } from 'node:crypto'
import { copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventTypes } from '@annal/domain'
import { loadSigningKeys, signEd25519 } from '@annal/ledger'
import { type PackManifest, type PackVerification, parseVerifierKey } from '@annal/proof'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bentPack, changing, type PackBend } from '../../../../libs/proof/vectors/bend-pack.ts'
import { driftDetected, TestServer } from '../testing/test-server.ts'
import { type VerifyOptions, verify } from './verify.ts'

const EXPORT = `mutation ($input: ExportPackInput!) { exportPack(input: $input) { ... on Pack { id } ... on InvalidInput { message } } }`
const STATUS = 'query ($id: ID!) { pack(id: $id) { status problem } }'

describe('annal verify', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'annal-verify-'))
  let server: TestServer
  let cookie: string
  /** Of one system, as the server wrote it, and its log's keys. */
  let plain: string
  let key: readonly string[]

  beforeAll(async () => {
    server = await TestServer.start()
    const admin = await server.signIn()
    cookie = admin.cookie
    const service = await server.key(admin.workspace)
    for (let i = 0; i < 4; i++) await server.append(service, driftDetected({ model: 'cs', systems: ['credit-scoring'] }))
    const robustnessTested = {
      ...(eventTypes.find(({ name }) => name === 'RobustnessTested')?.example as object),
      findings: 'A sealed finding.',
    }
    const sealed = { id: randomUUID(), occurredAt: '2026-04-14T08:05:00.000Z', event: { robustnessTested } }
    expect(await server.append(service, sealed)).toMatchObject([{ __typename: 'Receipt' }])
    plain = await exported({ scope: { kind: 'SYSTEM', thing: 'credit-scoring' } })
    key = (await check(plain, { recompute: false })).verification.facts?.keys ?? []
  })
  afterAll(async () => {
    await server.stop()
    rmSync(folder, { recursive: true })
  })

  /** The path of a new pack. */
  async function exported(input: Record<string, unknown>): Promise<string> {
    const { exportPack } = await server.ask<{ exportPack: { id: string } }>(cookie, EXPORT, {
      input: { id: randomUUID(), purpose: 'A request', ...input },
    })
    for (;;) {
      const { pack } = await server.ask<{ pack: { status: string; problem: string | null } }>(cookie, STATUS, { id: exportPack.id })
      if (pack.status === 'READY') return join(server.folder, 'packs', exportPack.id, 'pack.zip')
      if (pack.status === 'FAILED') throw new Error(pack.problem ?? '')
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  async function check(pack: string, options: Partial<VerifyOptions> = {}): Promise<{ code: number; verification: PackVerification }> {
    const { code, output } = await verify(pack, { key: [], head: [], witness: [], tsa: [], json: true, recompute: true, ...options })
    return { code, verification: JSON.parse(output) }
  }

  /** The operator changes what he likes and signs it again with the log's own key. */
  async function signedAnew(bend: Omit<PackBend, 'signer'>): Promise<string> {
    const [signing] = loadSigningKeys(join(server.folder, 'signing.key'))
    const known = parseVerifierKey(key[0] ?? '')
    if (signing === undefined || known === null) throw new Error('expected a signing key and a pack, found none')
    const signer = { key: known, sign: signEd25519(signing.privateKey) }
    const path = join(folder, `${randomUUID()}.zip`)
    writeFileSync(path, await bentPack(new Uint8Array(readFileSync(plain)), { ...bend, signer }))
    return path
  }

  it('gives no verdict where another file took the place of the one that the verifier had', async () => {
    const moving = join(folder, 'moving.zip')
    copyFileSync(plain, moving)
    const checked = verify(moving, { key, head: [], witness: [], tsa: [], json: true, recompute: true })
    copyFileSync(plain, join(folder, 'another.zip'))
    renameSync(join(folder, 'another.zip'), moving)
    expect(await checked).toEqual({ output: '', code: 2 })
  })

  it('makes the documents of a pack of a system again from its events, byte for byte', async () => {
    const { code, verification } = await check(plain, { key })
    expect(verification.verdicts.report).toEqual({
      verdict: 'holds',
      reason: 'recomputed: matches (README.txt, report.pdf, report.html, events.html, events.csv)',
      where: null,
    })
    expect([code, verification.outcome]).toEqual([0, 'holds'])
  })

  it.each([
    ['of the workspace with names', { scope: { kind: 'WORKSPACE' }, withNames: true, recipient: 'The authority' }],
    ['of a period', { scope: { kind: 'PERIOD', from: '2020-01-01T00:00:00.000Z', until: '2099-01-01T00:00:00.000Z' } }],
    ['of a filter', { scope: { kind: 'FILTER', filter: { types: ['DriftDetected'] } } }],
  ])('does so for one %s', async (_name, input) => {
    const { verification } = await check(await exported(input), { key })
    expect([verification.outcome, verification.verdicts.report.reason]).toEqual(['holds', expect.stringContaining('recomputed: matches')])
  })

  it('without --recompute says that the report is as issued, and shows no more than the offline verifier does', async () => {
    const { output, code } = await verify(plain, { key: [], head: [], witness: [], tsa: [], json: false, recompute: false })
    expect([code, output]).toEqual([3, expect.stringMatching(/✓ report +holds +as issued under signature/)])
  })

  it.each<[string, string, NonNullable<PackBend['member']>]>([
    ['report.html', 'other words', changing('report.html', (text) => text.replace('Evidence report', 'Evidence  report'))],
    ['report.pdf', 'another byte', (name, bytes) => (name === 'report.pdf' ? bytes.with(bytes.length >> 1, 0x21) : bytes)],
    ['events.csv', 'a row less', changing('events.csv', (text) => text.split('\r\n').toSpliced(1, 1).join('\r\n'))],
    ['events.html', 'a row less', changing('events.html', (text) => text.replace(/<tr><td.*<\/tr>\n/, ''))],
    ['README.txt', 'another claim', changing('README.txt', (text) => text.replace('Complete', 'All'))],
  ])(
    '37. only %s changed (%s) and signed again, by the key holder (no anchor, but recomputing): report, the file',
    async (file, _what, member) => {
      const bent = await signedAnew({ member })
      const { code, verification } = await check(bent, { key })
      expect(code).toBe(1)
      expect(verification.verdicts.report).toMatchObject({ verdict: 'fails', where: { file } })
      expect(verification.verdicts.report.reason).toBe(`recomputed: ${file} is not what the events of this pack give`)
      const others = Object.entries(verification.verdicts).filter(([question, { verdict }]) => question !== 'report' && verdict === 'fails')
      expect(others).toEqual([])
    },
  )

  it('37 is seen by recomputing alone: the bytes are as signed', async () => {
    const bent = await signedAnew({ member: changing('report.html', (text) => `${text}<p>All is well.</p>`) })
    expect(await check(bent, { key, recompute: false })).toMatchObject({ code: 0, verification: { outcome: 'holds' } })
  })

  it('38. a fact that only the manifest tells, changed and signed again, by the key holder (no anchor, but recomputing): report', async () => {
    const bent = await signedAnew({ manifest: (told: PackManifest) => ({ ...told, purpose: 'Another purpose' }) })
    expect((await check(bent, { key })).verification.verdicts.report).toMatchObject({ verdict: 'fails' })
  })

  it('is not green for a pack that was written by another release, or that does not say what it was made of', async () => {
    const older = await check(await signedAnew({ manifest: (told) => ({ ...told, release: 'annal 0.0.9' }) }), { key })
    expect([older.code, older.verification.verdicts.report]).toEqual([
      3,
      expect.objectContaining({ verdict: 'partial', reason: expect.stringContaining('recompute it with that release') }),
    ])
    const silent = await check(await signedAnew({ manifest: ({ report: _report, ...told }) => told }), { key })
    expect(silent.verification.verdicts.report.verdict).toBe('partial')
  })

  it('leaves alone what failed before, and says what is wrong with the use', async () => {
    const path = join(folder, 'cut.zip')
    writeFileSync(path, readFileSync(plain).subarray(0, -1))
    expect(await check(path)).toMatchObject({ code: 1, verification: { outcome: 'fails', facts: null } })
    const wrong = await verify(join(folder, 'missing.zip'), { key: [], head: [], witness: [], tsa: [], json: false, recompute: true })
    expect(wrong).toEqual({ code: 2, output: '' })
  })
})
