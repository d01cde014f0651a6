import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatWitnessKey, NO_ANCHORS, type PackVerification, parseVerifierKey, type VerifierKey, verifyPack } from '@annal/proof'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WitnessStandIn } from '../../../../test/stand-ins/witness/witness.ts'
import { TestServer } from '../testing/test-server.ts'

const EXPORT = `mutation ($input: ExportPackInput!) { exportPack(input: $input) { ... on Pack { id } } }`
const STATUS = 'query ($id: ID!) { pack(id: $id) { status problem } }'

describe('a pack of a workspace that asks for witnesses', { timeout: 120_000 }, () => {
  let witness: WitnessStandIn
  let server: TestServer

  beforeAll(async () => {
    witness = await new WitnessStandIn().start()
    server = await TestServer.start(mkdtempSync(join(tmpdir(), 'annal-')), [], { ANNAL_WITNESSES: witness.setting })
  })
  afterAll(async () => {
    await server.stop()
    await witness.stop()
  })

  async function exported(): Promise<Uint8Array> {
    const { cookie } = await server.signIn()
    const input = { id: randomUUID(), purpose: 'A request', scope: { kind: 'WORKSPACE' } }
    const { exportPack } = await server.ask<{ exportPack: { id: string } }>(cookie, EXPORT, { input })
    for (let status = ''; status !== 'READY'; ) {
      const { pack } = await server.ask<{ pack: { status: string; problem: string | null } }>(cookie, STATUS, { id: exportPack.id })
      if (pack.status === 'FAILED') throw new Error(pack.problem ?? 'expected a pack, found none')
      status = pack.status
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    return new Uint8Array(await (await fetch(`${server.url}/packs/${exportPack.id}`, { headers: { cookie } })).arrayBuffer())
  }

  async function check(file: Uint8Array, witnesses: readonly VerifierKey[]): Promise<PackVerification> {
    const source = { size: file.length, read: (at: number, length: number) => file.slice(at, at + length) }
    const { facts } = await verifyPack(source)
    const keys = (facts?.keys ?? []).map((key) => parseVerifierKey(key)).filter((key) => key !== null)
    return verifyPack(source, { ...NO_ANCHORS, keys, witnesses })
  }

  it('names the witness that is missing, and is not green', async () => {
    const { outcome, verdicts, facts } = await check(await exported(), [witness.key])
    expect(facts?.witnesses).toEqual({ quorum: 1, keys: [formatWitnessKey(witness.key)] })
    expect([outcome, verdicts.witnessing]).toEqual([
      'consistent',
      expect.objectContaining({
        verdict: 'partial',
        reason: '0 of 1 witnesses that the workspace asks for have cosigned the head; missing: witness.example',
      }),
    ])
    expect(verdicts.signature.verdict).toBe('holds')
    witness.trust(...(facts?.keys ?? []))
  })

  it('holds under the key of the witness once it has cosigned, and is partial for who knows the witness from the pack alone', async () => {
    await server.restart()
    const pack = await exported()
    expect(await check(pack, [witness.key])).toMatchObject({ outcome: 'holds', verdicts: { witnessing: { verdict: 'holds' } } })
    expect(await check(pack, [])).toMatchObject({ outcome: 'consistent', verdicts: { witnessing: { verdict: 'partial' } } })
  })
})
