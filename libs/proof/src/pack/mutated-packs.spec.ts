import { expect, test } from 'vitest'
import { exampleLog, examplePack, sourceOf } from '../../vectors/example-pack.ts'
import { runtimeDigests } from '../../vectors/runtime-digests.ts'
import { verifyEd25519 } from '../../vectors/runtime-ed25519.ts'
import type { VerifyEd25519 } from '../note/ed25519.ts'
import { JAVASCRIPT_PACK_READING, NO_ANCHORS } from './pack-reading.ts'
import { verifyPack } from './verify-pack.ts'

const RUNS = 10_000

test('of 10,000 packs in which exactly one byte differs none is accepted', async () => {
  const log = exampleLog(4)
  const scope = { kind: 'references', refs: ['aisystem:s1'] } as const
  const pack = await examplePack(log, {
    scope,
    olderSizes: [2],
    documents: [['README.txt', 'Read me.']],
  })
  const anchors = { ...NO_ANCHORS, keys: [log.signer.key] }
  // The same signature over the same text is asked for thousands of times.
  const known = new Map<string, boolean>()
  const verify: VerifyEd25519 = async (publicKey, message, signature) => {
    const question = [publicKey, message, signature].map((bytes) => Buffer.from(bytes).toString('latin1')).join()
    const answer = known.get(question) ?? (await verifyEd25519(publicKey, message, signature))
    known.set(question, answer)
    return answer
  }
  const options = { reading: { ...JAVASCRIPT_PACK_READING, digests: runtimeDigests, verify } }
  expect((await verifyPack(sourceOf(pack), anchors, options)).outcome).toBe('holds')
  let seed = 20_261_121
  const random = (below: number) => {
    seed = (seed * 48_271) % 0x7fffffff
    return seed % below
  }
  const accepted: string[] = []
  for (let run = 0; run < RUNS; run++) {
    // Every byte once, then any.
    const at = run < pack.length ? run : random(pack.length)
    const before = pack[at] ?? 0
    pack[at] = before ^ (1 + random(255))
    const { outcome } = await verifyPack(sourceOf(pack), anchors, options)
    if (outcome !== 'fails') accepted.push(`byte ${at}: ${before} to ${pack[at]}: ${outcome}`)
    pack[at] = before
  }
  expect(accepted).toEqual([])
  expect(pack.length).toBeLessThan(RUNS)
}, 240_000)
