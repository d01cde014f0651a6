import { formatVerifierKey, nobleDigests, parseNote, parseWitnessKey, verifierKey } from '@annal/proof'
import { parseCertificates, verifyTimestamp } from '@annal/proof/timestamp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { TsaStandIn } from '../../../../../test/stand-ins/tsa/tsa-stand-in.ts'
import { WitnessStandIn } from '../../../../../test/stand-ins/witness/witness.ts'
import { MemoryStore } from '../../memory-store.ts'
import { temporaryFolders } from '../../sqlite/temporary-folder.ts'
import type { Sealer } from '../sealer.ts'
import { ORIGIN, open, SealKit, someEvents } from '../sealer-fixtures.contract.ts'
import type { Witness } from './ask-witness.ts'
import { Outreach } from './outreach.ts'

const folder = temporaryFolders()

function asWitness(standIn: WitnessStandIn): Witness {
  const [verifierKeyText = '', url = ''] = standIn.setting.split(/=(?=http)/)
  const key = parseWitnessKey(verifierKeyText)
  if (key === null) throw new Error(`expected a witness's key, found ${verifierKeyText}`)
  return { key, verifierKey: verifierKeyText, url }
}

describe('a head that leaves the house', () => {
  let witness: WitnessStandIn
  let kit: SealKit
  let sealer: Sealer
  let outreach: Outreach

  async function start(store: MemoryStore, timestampUrl: string | null = null): Promise<void> {
    kit = new SealKit(folder(), store)
    sealer = await kit.openSealer()
    await kit.readOn(sealer, 1_000)
    outreach = reach(sealer, timestampUrl)
    witness.trust(...kit.signingKeys.map(({ publicKey }) => formatVerifierKey(verifierKey(ORIGIN, publicKey))))
  }

  function reach(to: Sealer, timestampUrl: string | null = null): Outreach {
    return new Outreach({ book: to.book, witnesses: [asWitness(witness)], timestampUrl, onChange: () => {} })
  }

  async function aStore(events: number): Promise<MemoryStore> {
    const store = new MemoryStore()
    await open(store)
    await someEvents(store, events)
    return store
  }

  beforeEach(async () => {
    witness = await new WitnessStandIn().start()
  })
  afterEach(async () => {
    await sealer.close()
    await witness.stop()
  })

  test('is cosigned by a witness, and so is each later one that continues it', async () => {
    const store = await aStore(20)
    await start(store)
    for (const size of [20, 25]) {
      expect(await outreach.attest('ws_a')).toMatchObject({ size })
      const heads = sealer.book.current('ws_a')?.heads
      const [said] = heads?.attestationsOf(size) ?? []
      expect(said).toMatchObject({ kind: 'cosignature', size, witness: 'witness.example' })
      const note = parseNote(Buffer.from(`${heads?.at(size)?.note}${said?.kind === 'cosignature' ? `${said.line}\n` : ''}`))
      expect(note.status === 'parsed' && note.note.signatures).toHaveLength(2)
      expect(outreach.status('ws_a').witnesses).toMatchObject([{ lastSize: size, problem: null }])
      await someEvents(store, 5)
      await kit.readOn(sealer, 1_000)
    }
    expect(witness.seen.get(ORIGIN)?.size).toBe(25)
    expect(witness.asked).toBe(2)
  })

  test('reaches a witness that stands elsewhere than thought, from where it stands', async () => {
    const store = await aStore(20)
    await start(store)
    await outreach.attest('ws_a')
    await someEvents(store, 5)
    await kit.readOn(sealer, 1_000)
    const forgetful = reach(sealer)
    witness.seen.set(ORIGIN, { size: 0, root: new Uint8Array(0) })
    await forgetful.attest('ws_a')
    expect(witness.seen.get(ORIGIN)?.size).toBe(25)
    expect(sealer.book.current('ws_a')?.standing.status).toBe('open')
  })

  test('a witness that does not answer, or answers with something else, shows as a problem and is no cosignature', async () => {
    await start(await aStore(20))
    for (const [broken, problem] of [
      [{ status: 500, body: 'out of order' }, 'out of order'],
      [{ status: 200, body: '— witness.example AAAAAAAAAAAA\n' }, 'not of the key|no signature|without its signature'],
      [{ status: 200, body: 'hello' }, 'no signature line'],
      [{ status: 409, body: 'many' }, 'without a size'],
      [{ status: 409, body: '0\n' }, 'a conflict at size 0'],
    ] as const) {
      witness.broken = broken
      await outreach.attest('ws_a')
      expect(outreach.status('ws_a').witnesses).toMatchObject([{ lastSize: null, problem: expect.stringMatching(problem) }])
    }
    await witness.stop()
    await outreach.attest('ws_a')
    expect(outreach.status('ws_a').witnesses).toMatchObject([{ problem: expect.stringContaining('fetch failed') }])
    expect(sealer.book.current('ws_a')?.heads.attestationsOf(20)).toEqual([])
    witness = await new WitnessStandIn().start()
  })

  test('a witness that has seen a greater head than is kept here closes the log', async () => {
    await start(await aStore(20))
    witness.seen.set(ORIGIN, { size: 33, root: new Uint8Array(32) })
    await outreach.compare()
    expect(sealer.book.current('ws_a')?.standing).toMatchObject({
      status: 'closed',
      head: { size: 20, foundIn: 'witness' },
      reason: expect.stringContaining('witness.example has seen a head of 33 leaves'),
    })
  })

  test('gets a timestamp that its text’s digest is in', async () => {
    const tsa = await new TsaStandIn().start()
    await start(await aStore(20), tsa.url)
    const head = await outreach.attest('ws_a')
    const said = sealer.book
      .current('ws_a')
      ?.heads.attestationsOf(20)
      .find(({ kind }) => kind === 'timestamp')
    if (said?.kind !== 'timestamp' || head === null) throw new Error('expected a timestamp, found none')
    const parsed = parseNote(Buffer.from(head.note))
    const digest = nobleDigests.sha256(Buffer.from(parsed.status === 'parsed' ? parsed.note.text : ''))
    const verified = await verifyTimestamp(
      new Uint8Array(Buffer.from(said.token, 'base64')),
      digest,
      parseCertificates(tsa.tsa.certificate) ?? [],
    )
    expect(verified).toMatchObject({ status: 'verified', timestamp: { time: said.at, authority: said.authority } })
    await outreach.attest('ws_a')
    expect(tsa.asked).toBe(1)
    await tsa.stop()
  })

  test('a broken authority shows as a problem', async () => {
    await start(await aStore(20), `${witness.url}/nothing`)
    await outreach.attest('ws_a')
    expect(outreach.status('ws_a').timestampProblem).toContain('it answered 404')
  })
})
