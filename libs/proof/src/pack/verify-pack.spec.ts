import { describe, expect, test } from 'vitest'
import { signerOf } from '../../vectors/example-log.ts'
import {
  continuedLog,
  exampleLog,
  examplePack,
  leavesOf,
  ORIGIN,
  policyOf,
  SECOND_WITNESS,
  SYSTEM_ORIGIN,
  sourceOf,
  systemLog,
  WITNESS,
  WITNESSED_AT,
  withheld,
} from '../../vectors/example-pack.ts'
import { runtimeDigests } from '../../vectors/runtime-digests.ts'
import { verifyEd25519 } from '../../vectors/runtime-ed25519.ts'
import { signNote } from '../note/sign-note.ts'
import { noteBytes } from '../note/signed-note.ts'
import { formatVerifierKey } from '../note/verifier-key.ts'
import type { PackScope } from './manifest.ts'
import { JAVASCRIPT_PACK_READING, NO_ANCHORS, type PackAnchors } from './pack-reading.ts'
import { QUESTIONS } from './verdict.ts'
import { type PackVerification, verifyPack } from './verify-pack.ts'

const reading = { ...JAVASCRIPT_PACK_READING, digests: runtimeDigests, verify: verifyEd25519 }
const check = (pack: Uint8Array, anchors: Partial<PackAnchors> = {}) =>
  verifyPack(sourceOf(pack), { ...NO_ANCHORS, ...anchors }, { reading })
const findings = ({ verdicts }: PackVerification) => Object.fromEntries(QUESTIONS.map((question) => [question, verdicts[question].verdict]))

const SCOPES: readonly (readonly [string, PackScope, string])[] = [
  ['a workspace', { kind: 'workspace' }, 'holds'],
  ['a range', { kind: 'range', from: 5, to: 20, since: null, until: null }, 'holds'],
  ['a period', { kind: 'range', from: 5, to: 20, since: '2026-11-01T00:05:00.000Z', until: '2026-11-01T00:20:20.000Z' }, 'holds'],
  ['a system and a model', { kind: 'references', refs: ['aisystem:s1', 'model:m2@7'] }, 'holds'],
  ['a stream', { kind: 'references', refs: ['ws_k7m2q9x4t1.model-m0'] }, 'holds'],
  ['something that nothing names', { kind: 'references', refs: ['model:none'] }, 'partial'],
  ['a model, and something that nothing names', { kind: 'references', refs: ['model:m2@7', 'model:none'] }, 'partial'],
  ['a selection', { kind: 'selection', filter: { type: 'BiasAudited' } }, 'not-claimed'],
]

describe('a whole pack', () => {
  test.each(SCOPES)(
    'of %s holds under the key from outside as far as it can, and is only consistent without it',
    async (_name, scope, completeness) => {
      const log = exampleLog(40)
      const pack = await examplePack(log, { scope })
      const plain = await check(pack)
      expect(plain.verdicts.signature.reason).toMatch(
        /consistent in itself; signed by key ledger.example.*which came with the pack: compare it by another way/,
      )
      expect([plain.outcome, findings(plain)]).toEqual([
        'consistent',
        {
          integrity: 'holds',
          signature: 'partial',
          order: 'holds',
          completeness,
          witnessing: 'not-claimed',
          timestamp: 'not-claimed',
          report: 'holds',
          freshness: 'unknown',
        },
      ])
      const anchored = await check(pack, { keys: [log.signer.key] })
      expect([anchored.outcome, findings(anchored).signature]).toEqual([completeness === 'partial' ? 'consistent' : 'holds', 'holds'])
      expect(anchored.facts).toMatchObject({ origin: ORIGIN, size: 40, scope, events: leavesOf(log, scope).length, withheld: 0 })
    },
  )

  test('is the same bytes when it is made again', async () => {
    const wish = {
      scope: { kind: 'references', refs: ['aisystem:s0'] } as const,
      olderSizes: [3, 8],
      system: systemLog([exampleLog(40).verifierKey]),
    }
    expect(await examplePack(exampleLog(40), wish)).toEqual(await examplePack(exampleLog(40), wish))
  })

  test('may withhold events: their place is proven, not their content', async () => {
    const log = exampleLog(40)
    const scope = { kind: 'references', refs: ['aisystem:s1'] } as const
    const pack = await examplePack(log, { scope, leaves: leavesOf(log, scope).map((leaf, i) => (i % 2 === 0 ? withheld(leaf) : leaf)) })
    const { outcome, facts, verdicts } = await check(pack, { keys: [log.signer.key] })
    expect(outcome).toBe('holds')
    expect(facts?.withheld).toBeGreaterThan(5)
    expect(verdicts.completeness.reason).toMatch(/only place, time and tokens/)
  })

  test('of an empty log, and of one event', async () => {
    for (const size of [0, 1])
      expect((await check(await examplePack(exampleLog(size)), { keys: [exampleLog(1).signer.key] })).outcome).toBe('holds')
  })

  test('counts the fields that can be read and those that were erased', async () => {
    const { facts } = await check(await examplePack(exampleLog(40)))
    expect(facts).toMatchObject({ readable: 27, erased: 3 })
  })

  test('tells its progress', async () => {
    const pack = await examplePack(exampleLog(40))
    const told: number[] = []
    await verifyPack(sourceOf(pack), NO_ANCHORS, { onProgress: ({ done, total }) => told.push(done / total) })
    expect(told).toEqual(told.toSorted((a, b) => a - b))
    expect(told.at(-1)).toBe(1)
  })
})

test('two keys of a pack that look alike in a note are refused: which of them has signed could not be told', async () => {
  const log = exampleLog(20)
  const alike = [signerOf(ORIGIN, 95_244), signerOf(ORIGIN, 113_017)]
  expect(new Set(alike.map(({ key }) => key.id)).size).toBe(1)
  const checked = await check(await examplePack(log, { signers: [log.signer, ...alike] }), { keys: [log.signer.key] })
  expect(checked).toMatchObject({
    outcome: 'fails',
    verdicts: { integrity: { verdict: 'fails', reason: expect.stringContaining('keys') } },
  })
})

describe('an empty range', () => {
  test('says that it has no event', async () => {
    const scope = { kind: 'range', from: 12, to: 12, since: null, until: null } as const
    const { verdicts } = await check(await examplePack(exampleLog(40), { scope }))
    expect(verdicts.completeness.reason).toMatch(/^no event of the log, which has none between leaves 11 and 12: nothing is missing/)
  })
})

describe('a log that continues another', () => {
  const log = continuedLog(40)
  const keys = [log.signer.key]

  test.each<PackScope>([
    { kind: 'workspace' },
    { kind: 'range', from: 0, to: 20, since: '2026-10-01T00:00:00.000Z', until: '2026-11-01T00:20:20.000Z' },
    { kind: 'references', refs: ['aisystem:s1'] },
  ])('is complete for itself, and says where the rest is: $kind', async (scope) => {
    const { outcome, verdicts } = await check(await examplePack(log, { scope, break: true }), { keys })
    expect([outcome, verdicts.completeness.verdict]).toEqual(['holds', 'holds'])
    expect(verdicts.completeness.reason).toMatch(
      /This log continues ledger\.example\/log\/v1\/ws_k7m2q9x4t1 from size 100 on: what was recorded before is in that log, not in this pack/,
    )
  })

  test('shows that it does', async () => {
    expect((await check(await examplePack(log), { keys })).verdicts.integrity).toMatchObject({
      verdict: 'fails',
      reason: expect.stringContaining('break.jsonl'),
    })
  })
})

describe('what is known from outside', () => {
  test('a key of the system log anchors the keys that it introduced', async () => {
    const log = exampleLog(20)
    const system = systemLog([log.verifierKey])
    const pack = await examplePack(log, { system, roles: true })
    expect((await check(pack, { keys: [system.signer.key] })).outcome).toBe('holds')
    const other = await examplePack(log, { system: systemLog([exampleLog(1, 9).verifierKey]) })
    expect((await check(other, { keys: [system.signer.key] })).verdicts.signature.verdict).toBe('fails')
  })

  test('a key of the system log that has not signed its head anchors nothing, though the manifest lists it', async () => {
    const forger = exampleLog(20, 5)
    const system = systemLog([forger.verifierKey])
    const known = signerOf(SYSTEM_ORIGIN, 4).key
    const pack = await examplePack(forger, { system, facts: { systemKeys: [system.verifierKey, formatVerifierKey(known)] } })
    const { outcome, verdicts } = await check(pack, { keys: [known] })
    expect([outcome, verdicts.signature.verdict]).toEqual(['fails', 'fails'])
    expect((await check(pack, { keys: [system.signer.key] })).outcome).toBe('holds')
  })

  test('a key that was retired as compromised signs nothing more; one that was rotated does', async () => {
    const log = exampleLog(20)
    for (const [because, finding] of [
      ['compromised', 'fails'],
      ['rotated', 'holds'],
    ] as const) {
      const pack = await examplePack(log, { system: systemLog([log.verifierKey], [log.verifierKey], because) })
      expect((await check(pack, { keys: [log.signer.key] })).verdicts.signature.verdict).toBe(finding)
    }
  })

  test('a kept head anchors the key that signed it, and the tree that continues it', async () => {
    const log = exampleLog(40)
    const early = await exampleLog(12).head()
    const odd = await exampleLog(13).head()
    const whole = await check(await examplePack(log), { heads: [early] })
    expect([whole.outcome, whole.verdicts.signature.reason]).toEqual(['holds', expect.stringMatching(/also signed the head you kept/)])
    expect(whole.verdicts.freshness.verdict).toBe('holds')
    const scope = { kind: 'references', refs: ['aisystem:s1'] } as const
    expect((await check(await examplePack(log, { scope, olderSizes: [12, 30] }), { heads: [early] })).outcome).toBe('holds')
    const untold = await check(await examplePack(log, { scope: { kind: 'references', refs: ['model:none'] } }), { heads: [odd] })
    expect([untold.outcome, untold.verdicts.integrity.verdict]).toEqual(['consistent', 'partial'])
    expect(untold.verdicts.integrity.reason).toMatch(/no proof that it continues the head of size 13/)
    expect((await check(await examplePack(log), { heads: [await log.head()] })).outcome).toBe('holds')
  })

  test('a kept head that is of another log, or no head, compares nothing: it is named, and nothing is green for it', async () => {
    const log = exampleLog(40)
    const pack = await examplePack(log)
    const strange = [
      [await systemLog([log.verifierKey]).head(), `of ${SYSTEM_ORIGIN}`],
      [noteBytes(await signNote('no head\n', [log.signer])), 'no tree head'],
    ] as const
    for (const [head, named] of strange) {
      const checked = await check(pack, { keys: [log.signer.key], heads: [head] })
      expect([checked.outcome, checked.verdicts.integrity]).toMatchObject([
        'consistent',
        { verdict: 'partial', reason: expect.stringContaining(named) },
      ])
    }
  })

  test('the head is as old as the first witness from outside says', async () => {
    const log = exampleLog(20)
    const cosigners = [
      { ...WITNESS, time: WITNESSED_AT },
      { ...SECOND_WITNESS, time: WITNESSED_AT + 86_400 },
    ]
    const pack = await examplePack(log, { witnesses: policyOf(2, WITNESS, SECOND_WITNESS), cosigners })
    const { verdicts } = await check(pack, { keys: [log.signer.key], witnesses: [WITNESS.key, SECOND_WITNESS.key] })
    expect(verdicts.freshness.reason).toContain(new Date(WITNESSED_AT * 1_000).toISOString())
  })

  test('witnesses count when their keys come from outside', async () => {
    const log = exampleLog(20)
    const keys = [log.signer.key]
    const pack = await examplePack(log, { witnesses: policyOf(2, WITNESS, SECOND_WITNESS), cosigners: [WITNESS, SECOND_WITNESS] })
    const alone = await check(pack, { keys })
    expect([alone.outcome, alone.verdicts.witnessing.verdict]).toEqual(['consistent', 'partial'])
    expect((await check(pack, { keys, witnesses: [WITNESS.key] })).verdicts.witnessing.verdict).toBe('partial')
    const both = await check(pack, { keys, witnesses: [WITNESS.key, SECOND_WITNESS.key] })
    expect([both.outcome, both.verdicts.witnessing.verdict]).toEqual(['holds', 'holds'])
    expect(both.verdicts.freshness.reason).toMatch(/2026-11-21T\S+Z, as others saw it; later events are unknown/)
    const fewer = await examplePack(log, { witnesses: policyOf(2, WITNESS, SECOND_WITNESS), cosigners: [WITNESS] })
    expect((await check(fewer, { keys, witnesses: [WITNESS.key, SECOND_WITNESS.key] })).verdicts.witnessing).toMatchObject({
      verdict: 'partial',
      reason: expect.stringMatching(/^1 of 2/),
    })
    expect((await check(await examplePack(log), { keys, witnesses: [WITNESS.key] })).verdicts.witnessing.verdict).toBe('partial')
  })
})
