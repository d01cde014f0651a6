import { unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { bentPack, changing, changingLines, type PackBend, resigned } from '../../vectors/bend-pack.ts'
import { signerOf } from '../../vectors/example-log.ts'
import {
  exampleLog,
  examplePack,
  leavesOf,
  ORIGIN,
  type PackWish,
  policyOf,
  sourceOf,
  systemLog,
  WITNESS,
  withheld,
} from '../../vectors/example-pack.ts'
import { runtimeDigests } from '../../vectors/runtime-digests.ts'
import { verifyEd25519 } from '../../vectors/runtime-ed25519.ts'
import { parseHex } from '../bytes/hex.ts'
import { encodeUtf8 } from '../bytes/utf8.ts'
import { referenceKey, referenceToken } from '../entry/token.ts'
import type { EventEnvelope } from '../event/event-envelope.ts'
import { DOCUMENTS, type PackScope } from './manifest.ts'
import { JAVASCRIPT_PACK_READING, NO_ANCHORS, type PackAnchors } from './pack-reading.ts'
import type { Question } from './verdict.ts'
import { verifyPack } from './verify-pack.ts'

/**
 * Who holds what: a *recipient* can change a pack but has no key of the log; a *key holder* can sign anything anew. Each test names the
 * anchor without which the change could not be seen: none, an outside key, a kept head, or a witness.
 */
const reading = { ...JAVASCRIPT_PACK_READING, digests: runtimeDigests, verify: verifyEd25519 }
const check = (pack: Uint8Array, anchors: Partial<PackAnchors> = {}) =>
  verifyPack(sourceOf(pack), { ...NO_ANCHORS, ...anchors }, { reading })
const log = exampleLog(40)
const key = { keys: [log.signer.key] }
const OF_SYSTEM: PackScope = { kind: 'references', refs: ['aisystem:s1'] }

/** Expects the change to be seen, in this verdict and at this place. */
async function expectFailure(pack: Uint8Array, anchors: Partial<PackAnchors>, question: Question, place: object = {}): Promise<void> {
  const { outcome, verdicts } = await check(pack, anchors)
  expect({ outcome, verdict: verdicts[question].verdict, where: verdicts[question].where }).toMatchObject({
    outcome: 'fails',
    verdict: 'fails',
    ...(Object.keys(place).length > 0 ? { where: place } : {}),
  })
}

const byRecipient = (pack: Uint8Array, member: PackBend['member']) => bentPack(pack, member === undefined ? {} : { member })
const byKeyHolder = (pack: Uint8Array, bend: Omit<PackBend, 'signer'>) => bentPack(pack, { ...bend, signer: log.signer })

describe('the tamper matrix on packs', () => {
  test('0. the packs that are bent below hold as they are', async () => {
    for (const scope of [{ kind: 'workspace' } as const, OF_SYSTEM]) {
      const pack = await examplePack(log, { scope, system: systemLog([log.verifierKey]), roles: true, olderSizes: [9] })
      expect((await check(pack, key)).outcome).toBe('holds')
      expect((await check(await byKeyHolder(pack, {}), key)).outcome).toBe('holds')
      expect(await byRecipient(pack, (_, bytes) => bytes)).toEqual(pack)
    }
  })

  test('1. one byte in each file in turn, checksums made right again (no anchor): the file is named', async () => {
    const pack = await examplePack(log, { scope: OF_SYSTEM, system: systemLog([log.verifierKey]), roles: true, olderSizes: [9] })
    for (const name of Object.keys(unzipSync(pack))) {
      const bent = await byRecipient(pack, (of, bytes) =>
        of === name ? bytes.map((byte, i) => (i === bytes.length >> 1 ? byte ^ 4 : byte)) : bytes,
      )
      const { outcome, verdicts } = await check(bent)
      const where = [verdicts.integrity, verdicts.signature, verdicts.report]
        .filter(({ verdict }) => verdict === 'fails')
        .map((it) => it.where?.file)
      expect([name, outcome]).toEqual([name, 'fails'])
      expect(where).toContain(name === 'manifest.json' && verdicts.signature.verdict === 'fails' ? 'manifest.note' : name)
    }
  })

  test('2. two events swapped, by the key holder (no anchor): integrity, at the line', async () => {
    const pack = await examplePack(log)
    const swap = changingLines('events.jsonl', (lines) =>
      lines.map((line, i) => (i === 10 ? (lines[11] ?? '') : i === 11 ? (lines[10] ?? '') : line)),
    )
    await expectFailure(await byRecipient(pack, swap), {}, 'integrity', { file: 'events.jsonl' })
    await expectFailure(await byKeyHolder(pack, { member: swap }), key, 'integrity', { file: 'events.jsonl', line: 11 })
  })

  test('3. an event edited, by the key holder (no anchor): integrity, at the event', async () => {
    const pack = await examplePack(log)
    const edit = changing('events.jsonl', (text) => text.replace('"note":"sample 12 ', '"note":"sample 21 '))
    await expectFailure(await byKeyHolder(pack, { member: edit }), key, 'integrity', {
      file: 'events.jsonl',
      line: 13,
      leaf: 12,
      event: 'ws_k7m2q9x4t1.model-m0/0192f3c4-0000-7000-8000-000000000012',
    })
  })

  test('4. one dropped in the middle, by the key holder with a new proof (no anchor): completeness, the number is named', async () => {
    const leaves = leavesOf(log, { kind: 'workspace' }).filter(({ index }) => index !== 17)
    await expectFailure(await examplePack(log, { leaves }), key, 'completeness', { leaf: 18 })
    const named = leavesOf(log, OF_SYSTEM).filter((_, i) => i !== 4)
    await expectFailure(await examplePack(log, { scope: OF_SYSTEM, leaves: named }), key, 'completeness', { file: 'events.jsonl', line: 5 })
  })

  test('5. the newest dropped, by the key holder (no anchor): completeness by the map', async () => {
    const pack = await examplePack(log, { scope: OF_SYSTEM, leaves: leavesOf(log, OF_SYSTEM).slice(0, -1) })
    await expectFailure(pack, key, 'completeness')
    expect((await check(pack, key)).verdicts.completeness.reason).toMatch(/expected \d+ events that name aisystem:s1, found \d+/)
    const range: PackScope = { kind: 'range', from: 0, to: 40, since: null, until: null }
    await expectFailure(await examplePack(log, { scope: range, leaves: leavesOf(log, range).slice(0, -1) }), key, 'completeness')
  })

  test('6. a whole stream dropped, by the key holder (no anchor): completeness', async () => {
    const stream = 'ws_k7m2q9x4t1.model-m2'
    const rest = log.leaves.filter(({ index }) => !log.refs[index]?.includes(stream))
    await expectFailure(await examplePack(log, { leaves: rest }), key, 'completeness')
    await expectFailure(await examplePack(log, { scope: { kind: 'references', refs: [stream] }, leaves: [] }), key, 'completeness')
  })

  test('6a. all that names a thing dropped, under an opening of nothing, by the key holder (no anchor): completeness is not green', async () => {
    const openingOf = (ref: string) => referenceKey(new Uint8Array(32), ref)
    const tokenOf = (ref: string) => parseHex(referenceToken(openingOf(ref), ref)) ?? new Uint8Array(0)
    const mapProof: PackWish['mapProof'] = (_, refs) => log.map.proveMany(refs.map(tokenOf))
    const { outcome, verdicts } = await check(await examplePack(log, { scope: OF_SYSTEM, leaves: [], openingOf, mapProof }), key)
    expect([outcome, verdicts.completeness]).toMatchObject([
      'consistent',
      { verdict: 'partial', reason: expect.stringMatching(/^no event carries the token that the pack says is that of aisystem:s1/) },
    ])
  })

  test('7. the map proof of another log, or none, by the key holder (no anchor): completeness', async () => {
    const wrong = await examplePack(log, {
      scope: OF_SYSTEM,
      mapProof: (_, refs) => exampleLog(30).map.proveMany(refs.map((ref) => log.tokenOf(ref))),
    })
    await expectFailure(wrong, key, 'completeness', { file: 'proof/map.bin' })
    const without = await byKeyHolder(await examplePack(log, { scope: OF_SYSTEM }), {
      member: (name, bytes) => (name === 'proof/map.bin' ? null : bytes),
    })
    await expectFailure(without, key, 'integrity', { file: 'manifest.json' })
  })

  test('8. an old head replayed, by the key holder (kept head): freshness', async () => {
    const old = await examplePack(exampleLog(30))
    expect((await check(old, key)).outcome).toBe('holds')
    await expectFailure(old, { ...key, heads: [await log.head()] }, 'freshness', { file: 'proof/head.note' })
  })

  test('9. two heads of one size, by the key holder (kept head): integrity, both are a proof of fraud', async () => {
    const other = exampleLog(40, 1, { event: (event, i) => (i === 20 ? { ...event, type: 'BiasAuditWithdrawn' } : event) })
    const { frauds } = await check(await examplePack(other), { heads: [await log.head()] })
    expect(frauds).toEqual([{ kind: 'two-heads', origin: ORIGIN, size: 40, differ: 'root' }])
    await expectFailure(await examplePack(other), { ...key, heads: [await log.head()] }, 'integrity')
  })

  test('10. signed anew with another key, by a recipient (outside key): signature', async () => {
    const stranger = signerOf(ORIGIN, 666)
    const head = await resigned(await log.head(), stranger)
    const pack = await bentPack(await examplePack(log), {
      signer: stranger,
      member: (name, bytes) => (name === 'proof/head.note' ? head : bytes),
    })
    expect((await check(pack)).outcome).toBe('consistent')
    await expectFailure(pack, key, 'signature', { file: 'proof/head.note' })
    const half = await bentPack(await examplePack(log), { signer: stranger })
    await expectFailure(half, {}, 'signature', { file: 'proof/head.note' })
  })

  test('11. everything written anew and all hashes recomputed, by the key holder (kept head, or witness)', async () => {
    const policy = { witnesses: policyOf(1, WITNESS) }
    const forged = exampleLog(44, 1, { event: (event, i) => (i === 5 ? { ...event, data: { ...event.data, value: 1 } } : event) })
    const pack = await examplePack(forged, policy)
    const heads = [await exampleLog(12).head()]
    await expectFailure(pack, { ...key, heads }, 'integrity')
    await expectFailure(await examplePack(forged, { scope: OF_SYSTEM, olderSizes: [12] }), { ...key, heads }, 'integrity', {
      file: 'proof/consistency.jsonl',
    })
    const unwitnessed = await check(pack, { ...key, witnesses: [WITNESS.key] })
    expect([unwitnessed.outcome, unwitnessed.verdicts.witnessing.verdict]).toEqual(['consistent', 'partial'])
    // Nobody kept anything and no witness was asked: then only the key holder's word is left.
    expect((await check(await examplePack(forged), key)).outcome).toBe('holds')
  })

  test.each(DOCUMENTS.slice(0, 3))('12. only %s changed, by a recipient (no anchor): report', async (name) => {
    const bent = await byRecipient(
      await examplePack(log),
      changing(name, (text) => `${text}!`),
    )
    await expectFailure(bent, key, 'report', { file: name })
    const { verdicts } = await check(bent, key)
    expect([verdicts.integrity.verdict, verdicts.completeness.verdict]).toEqual(['holds', 'holds'])
    expect(verdicts.integrity.reason).toContain('all files of evidence (of the documents see the report) are as signed')
  })

  test('13. a cosignature put in another head, or bent (witness): witnessing', async () => {
    const pack = await examplePack(log, { cosigners: [WITNESS], witnesses: policyOf(1, WITNESS) })
    const other = await examplePack(exampleLog(39), { cosigners: [WITNESS], witnesses: policyOf(1, WITNESS) })
    const line = new TextDecoder()
      .decode(unzipSync(other)['proof/head.note'] ?? new Uint8Array(0))
      .split('\n')
      .at(-2)
    const moved = changing('proof/head.note', (text) => text.replace(/— witness.example .*/, line ?? ''))
    await expectFailure(await byKeyHolder(pack, { member: moved }), { ...key, witnesses: [WITNESS.key] }, 'witnessing', {
      file: 'proof/head.note',
    })
  })

  test('14. an opening missing, surplus, wrong or of another workspace, by the key holder (no anchor): integrity', async () => {
    const pack = await examplePack(log)
    const openings = 'proof/events/openings.jsonl'
    for (const change of [
      (lines: readonly string[]) => lines.slice(1),
      (lines: readonly string[]) => [`{"ref":"aisystem:a","rk":"${'0'.repeat(64)}"}`, ...lines],
      (lines: readonly string[]) =>
        lines.map((line, i) =>
          i === 1 ? line.replace(/"rk":"./, (found) => `${found.slice(0, -1)}${found.endsWith('0') ? 1 : 0}`) : line,
        ),
      (lines: readonly string[]) => [...lines].reverse(),
      (lines: readonly string[]) => [...lines.slice(0, 1), ...lines],
    ]) {
      await expectFailure(await byKeyHolder(pack, { member: changingLines(openings, change) }), key, 'integrity')
    }
    const opened = await examplePack(log, { openingOf: (ref) => referenceKey(new Uint8Array(32), ref) })
    await expectFailure(opened, key, 'integrity', { file: 'events.jsonl', line: 1 })
  })

  test('15. a key that is not the field’s, by the key holder (no anchor): integrity, at the event', async () => {
    const pack = await examplePack(log)
    for (const change of [
      (text: string) => text.replace(/("\/findings":")(.)/, (_, start, digit) => start + (digit === '0' ? '1' : '0')),
      (text: string) => text.replace('"/findings":', '"/metric":'),
      (text: string) => text.replace('"/findings":', '"/nothing":'),
    ]) {
      await expectFailure(await byKeyHolder(pack, { member: changing('events.jsonl', change) }), key, 'integrity', {
        file: 'events.jsonl',
        line: 2,
        leaf: 1,
      })
    }
  })

  test('16. another scope than the leaves are of, by the key holder (no anchor): completeness', async () => {
    const pack = await examplePack(log, { scope: OF_SYSTEM })
    const claim = (scope: PackScope) => byKeyHolder(pack, { manifest: (manifest) => ({ ...manifest, scope }) })
    await expectFailure(await claim({ kind: 'references', refs: ['aisystem:s0'] }), key, 'completeness')
    const range = await examplePack(log, { scope: { kind: 'range', from: 5, to: 20, since: null, until: null } })
    const period = await byKeyHolder(range, {
      manifest: (manifest) => ({ ...manifest, scope: { kind: 'range', from: 5, to: 20, since: '2026-11-01T00:05:00.000Z', until: null } }),
    })
    await expectFailure(period, key, 'completeness')
  })

  test('16a. a period that ends before it begins, by the key holder (no anchor): integrity', async () => {
    const [since, until] = ['2026-11-01T00:12:00.000Z', '2026-11-01T00:11:30.000Z']
    const scope: PackScope = { kind: 'range', from: 12, to: 12, since, until }
    await expectFailure(await examplePack(log, { scope, leaves: log.leaves.slice(11, 13) }), key, 'integrity', { file: 'manifest.json' })
  })

  test('17. a head of another size or log in the manifest, by the key holder (no anchor): integrity', async () => {
    const pack = await examplePack(log)
    for (const facts of [{ size: 41 }, { origin: 'other.example/log/v1/ws_k7m2q9x4t1' }, { workspace: 'ws_other' }]) {
      await expectFailure(await byKeyHolder(pack, { manifest: (manifest) => ({ ...manifest, ...facts }) }), key, 'integrity')
    }
  })

  test('17a. the log of another workspace, all events withheld, by the key holder (no anchor): integrity', async () => {
    const pack = await examplePack(log, { leaves: log.leaves.map(withheld) })
    expect((await check(pack, key)).outcome).toBe('holds')
    const claimed = await byKeyHolder(pack, { manifest: (manifest) => ({ ...manifest, workspace: 'ws_other' }) })
    await expectFailure(claimed, key, 'integrity', { file: 'manifest.json' })
  })

  test('17b. a key of another log, by its holder (outside key): integrity', async () => {
    const other = signerOf('ledger.example/log/v1/ws_other', 1)
    const pack = await examplePack(log, { signers: [other] })
    await expectFailure(pack, { keys: [other.key] }, 'integrity', { file: 'manifest.json' })
  })

  test('17c. keys introduced in the log of a workspace instead of the system’s, by its key holder (outside key): integrity', async () => {
    const system = systemLog([log.verifierKey], [], 'rotated', 'ledger.example/log/v1/ws_other')
    await expectFailure(await examplePack(log, { system }), { keys: [system.signer.key] }, 'integrity', {
      file: 'proof/signing-keys/head.note',
    })
  })

  test('17d. a key that signs no more by the system’s own log, by who has it (outside key): signature', async () => {
    const system = systemLog([log.verifierKey], [log.verifierKey])
    await expectFailure(await examplePack(log, { system }), { keys: [system.signer.key] }, 'signature')
  })
})

describe('nothing is said of a head that can not be read', () => {
  test('in a file that is no head, by the key holder (no anchor): signature too', async () => {
    const pack = await examplePack(log, { system: systemLog([log.verifierKey]) })
    for (const file of ['proof/head.note', 'proof/signing-keys/head.note']) {
      const bent = await byKeyHolder(pack, { member: changing(file, (text) => text.replace('annal-map/v1', 'annal-map/v2')) })
      await expectFailure(bent, key, 'integrity', { file })
      await expectFailure(bent, key, 'signature', { file })
    }
  })
})

describe('fraud of a log, proven by what it has signed itself', () => {
  const found = async (pack: Uint8Array) => (await check(pack, key)).frauds

  test('18. two leaves with one number of one token (no anchor): order', async () => {
    const twice = exampleLog(40, 1, {
      entry: (entry) => (entry.seq === 9 ? { ...entry, refs: entry.refs.map(([token, n]) => [token, Math.max(1, n - 1)]) } : entry),
    })
    expect(await found(await examplePack(twice))).toContainEqual(expect.objectContaining({ kind: 'number-twice' }))
    await expectFailure(await examplePack(twice), key, 'order', { leaf: 9 })
  })

  test('18a. two leaves of two files with one number of one token (no anchor): order', async () => {
    const stream = 'ws_k7m2q9x4t1.workspace-access'
    const again = (event: EventEnvelope) => ({ ...event, type: 'RoleRevoked', stream, streamVersion: 1, about: [] })
    const twice = exampleLog(40, 1, {
      event: (event, i) => (i === 20 ? again(event) : event),
      entry: (entry) => (entry.seq === 20 ? { ...entry, refs: entry.refs.map(([token]) => [token, 1]) } : entry),
    })
    const scope: PackScope = { kind: 'selection', filter: {} }
    const pack = await examplePack(twice, { scope, leaves: twice.leaves.slice(20, 21), roles: true })
    expect(await found(pack)).toEqual([expect.objectContaining({ kind: 'number-twice', n: 1, leaves: [0, 20] })])
    await expectFailure(pack, key, 'order', { file: 'events.jsonl', leaf: 20 })
  })

  test('18b. ledger time that goes back from one file to another (no anchor): order', async () => {
    const back = exampleLog(40, 1, { entry: (entry) => (entry.seq === 0 ? { ...entry, at: '2026-12-01T00:00:00.000Z' } : entry) })
    const scope: PackScope = { kind: 'selection', filter: {} }
    const pack = await examplePack(back, { scope, leaves: back.leaves.slice(20, 21), roles: true })
    expect(await found(pack)).toEqual([{ kind: 'time-went-back', leaves: [0, 20] }])
    await expectFailure(pack, key, 'order')
  })

  test('18c. beside a kept head that contradicts the log: both are told (kept head)', async () => {
    const twice = exampleLog(40, 1, {
      entry: (entry) => (entry.seq === 9 ? { ...entry, refs: entry.refs.map(([token, n]) => [token, Math.max(1, n - 1)]) } : entry),
    })
    const forged = exampleLog(12, 1, { event: (event, i) => (i === 5 ? { ...event, data: { ...event.data, value: 1 } } : event) })
    const { frauds, verdicts } = await check(await examplePack(twice), { ...key, heads: [await forged.head()] })
    expect(frauds).toContainEqual(expect.objectContaining({ kind: 'number-twice' }))
    expect([verdicts.integrity, verdicts.order, verdicts.completeness]).toMatchObject([
      { verdict: 'fails', reason: expect.stringContaining('head of size 12 that you kept') },
      { verdict: 'fails' },
      { verdict: 'unknown' },
    ])
  })

  test('19. a leaf numbered above the map’s count (no anchor): completeness', async () => {
    const last = leavesOf(log, OF_SYSTEM).at(-1)?.index ?? 0
    const beyond = exampleLog(40, 1, {
      entry: (entry) => (entry.seq === last ? { ...entry, refs: entry.refs.map(([token, n]) => [token, n + 1]) } : entry),
    })
    expect(await found(await examplePack(beyond, { scope: OF_SYSTEM }))).toContainEqual(
      expect.objectContaining({ kind: 'number-beyond-map', n: expect.any(Number), leaf: last }),
    )
    await expectFailure(await examplePack(beyond, { scope: OF_SYSTEM }), key, 'completeness')
  })

  test('20. ledger time that goes back (no anchor): order', async () => {
    const back = exampleLog(40, 1, { entry: (entry) => (entry.seq === 21 ? { ...entry, at: '2026-10-01T00:00:00.000Z' } : entry) })
    expect(await found(await examplePack(back))).toEqual([{ kind: 'time-went-back', leaves: [20, 21] }])
    await expectFailure(await examplePack(back), key, 'order', { leaf: 21 })
  })

  test('21. two openings of one reference (no anchor): integrity', async () => {
    const ref = 'ws_k7m2q9x4t1.workspace-access'
    const again = (event: EventEnvelope) => ({ ...event, type: 'RoleRevoked', stream: ref, streamVersion: 1, about: [] })
    const rk = '0'.repeat(64)
    const twice = exampleLog(40, 1, {
      event: (event, i) => (i === 20 ? again(event) : event),
      entry: (entry) => (entry.seq === 20 ? { ...entry, refs: [[referenceToken(rk, ref), 1]] } : entry),
    })
    const scope: PackScope = { kind: 'selection', filter: {} }
    const made = await examplePack(twice, { scope, leaves: twice.leaves.slice(20, 21), roles: true })
    const pack = await byKeyHolder(made, {
      member: changing('proof/events/openings.jsonl', (text) => text.replace(/"rk":"[0-9a-f]+"/, `"rk":"${rk}"`)),
    })
    expect(await found(pack)).toEqual([{ kind: 'two-openings', origin: ORIGIN, ref, openings: [twice.openingOf(ref), rk] }])
    await expectFailure(pack, key, 'integrity')
  })

  test('21a. an opening that opens nothing is wrong, and proves no fraud (no anchor): integrity', async () => {
    const pack = await byKeyHolder(await examplePack(log, { roles: true }), {
      member: changing('proof/roles/openings.jsonl', (text) => text.replace(/"rk":"../, '"rk":"00')),
    })
    expect(await found(pack)).toEqual([])
    await expectFailure(pack, key, 'integrity', { file: 'roles.jsonl' })
  })

  test('21b. leaves that are not in the tree prove no fraud, by the key holder (no anchor): integrity', async () => {
    const twice = changingLines('events.jsonl', (lines) =>
      lines.map((line, i) => (i === 21 ? line.replace(/(\["[0-9a-f]{64}",)[0-9]+/g, '$11') : line)),
    )
    const pack = await byKeyHolder(await examplePack(log), { member: twice })
    const { frauds, verdicts } = await check(pack, key)
    expect([frauds, verdicts.order.reason]).toEqual([[], expect.not.stringContaining('proof of fraud')])
    await expectFailure(pack, key, 'integrity')
  })

  test('21c. what a stranger has signed proves no fraud of the log (outside key): signature', async () => {
    const forged = exampleLog(40, 2, { entry: (entry) => (entry.seq === 21 ? { ...entry, at: '2026-10-01T00:00:00.000Z' } : entry) })
    const { frauds, verdicts } = await check(await examplePack(forged), key)
    expect([frauds, verdicts.order]).toEqual([[], expect.objectContaining({ verdict: 'fails' })])
    expect(verdicts.order.reason).not.toContain('proof of fraud')
  })

  test('22. two heads that differ in the map alone (kept head): integrity', async () => {
    const other = exampleLog(40)
    other.map = exampleLog(39).map
    expect((await check(await examplePack(log), { heads: [await other.head()] })).frauds).toEqual([
      { kind: 'two-heads', origin: ORIGIN, size: 40, differ: 'map' },
    ])
  })
})

describe('a ZIP that is not the one the writer writes (no anchor): integrity', () => {
  const u16 = (n: number) => [n & 255, n >>> 8]
  const join = (...parts: (Uint8Array | readonly number[])[]) => new Uint8Array(Buffer.concat(parts.map((part) => Uint8Array.from(part))))

  test.each<[string, (pack: Uint8Array) => Uint8Array]>([
    ['23. a truncated end', (pack) => pack.subarray(0, -1)],
    ['24. half of it', (pack) => pack.subarray(0, pack.length >> 1)],
    ['25. a byte behind the end', (pack) => join(pack, [0])],
    ['26. a byte in front', (pack) => join([0], pack)],
    ['27. a comment', (pack) => join(pack.subarray(0, -2), u16(2), [65, 66])],
    ['28. nothing', () => new Uint8Array(0)],
    ['29. another file', () => encodeUtf8('%PDF-1.7 something else entirely, and long enough')],
    ['30. doubled names', (pack) => replaced(pack, 'events.html', 'report.html')],
    ['31. a path that leads out', (pack) => replaced(pack, 'README.txt', '../EVIL.tx')],
    ['32. an absolute path', (pack) => replaced(pack, 'README.txt', '/README.tx')],
    ['33. a backslash', (pack) => replaced(pack, 'report.html', 'repor\\.html')],
    ['34. a name that no pack has', (pack) => replaced(pack, 'README.txt', 'READYE.txt')],
  ])('%s', async (_name, bend) => {
    await expectFailure(
      bend(
        await examplePack(log, {
          documents: [
            ['README.txt', 'a'],
            ['report.html', 'b'],
            ['events.html', 'c'],
          ],
        }),
      ),
      {},
      'integrity',
    )
  })

  test('35. a bomb: a member that unpacks to more than it says stops at the first byte too many', async () => {
    const pack = await examplePack(log, { documents: [['report.html', 'x'.repeat(3_000_000)]] })
    const packed = sizesOf(pack, 'report.html')
    await expectFailure(withSizes(pack, 'report.html', { ...packed, size: 1000 }), {}, 'report', { file: 'report.html' })
    await expectFailure(withSizes(pack, 'report.html', { ...packed, size: 0xfffffff0 }), {}, 'integrity', { file: 'report.html' })
  })

  test('36. a note or manifest of absurd size is not read', async () => {
    const huge = await byRecipient(await examplePack(log), (name, bytes) => (name === 'manifest.note' ? new Uint8Array(1 << 20) : bytes))
    await expectFailure(huge, {}, 'integrity', { file: 'manifest.note' })
  })

  function replaced(pack: Uint8Array, from: string, to: string): Uint8Array {
    const bytes = Buffer.from(pack)
    for (let at = bytes.indexOf(from); at !== -1; at = bytes.indexOf(from, at + 1)) bytes.write(to, at, 'latin1')
    return new Uint8Array(bytes)
  }

  interface Sizes {
    readonly packedSize: number
    readonly size: number
  }

  function headersOf(pack: Uint8Array, name: string): readonly [number, number] {
    const bytes = Buffer.from(pack)
    const local = bytes.indexOf(name) - 30
    return [local, bytes.indexOf(name, bytes.indexOf('PK\u0001\u0002')) - 46]
  }

  function sizesOf(pack: Uint8Array, name: string): Sizes {
    const view = new DataView(pack.buffer, pack.byteOffset)
    const [local] = headersOf(pack, name)
    return { packedSize: view.getUint32(local + 18, true), size: view.getUint32(local + 22, true) }
  }

  function withSizes(pack: Uint8Array, name: string, { packedSize, size }: Sizes): Uint8Array {
    const bytes = pack.slice()
    const view = new DataView(bytes.buffer)
    for (const [at, where] of headersOf(pack, name).entries()) {
      view.setUint32(where + (at === 0 ? 18 : 20), packedSize, true)
      view.setUint32(where + (at === 0 ? 22 : 24), size, true)
    }
    return bytes
  }
})
