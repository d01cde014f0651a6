// biome-ignore lint/style/noRestrictedImports: the spec reads the document that it checks.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { documentExamples, documentPack } from '../vectors/document-pack.ts'
import { sourceOf } from '../vectors/example-pack.ts'
import { recordAnswers } from '../vectors/record-answers.ts'
import { NO_ANCHORS, nobleDigests, parseVerifierKey, toHex, verifyPack } from './index.ts'

const document = readFileSync(new URL('../../../docs/proof-format.md', import.meta.url), 'utf8')
const shown = [...document.matchAll(/^```\w* example:(\S+)\n(.*?)^```$/gms)].map(([, name = '', text = '']) => [name, text] as const)

describe('the document of the proof format', () => {
  test('shows each part of its example pack as it is', async () => {
    expect(Object.fromEntries(shown)).toEqual(await documentExamples())
  })

  test('its pack stands in the repository, byte for byte, and its digest in the document', async () => {
    const pack = await documentPack()
    expect(pack).toEqual(new Uint8Array(readFileSync(new URL('../vectors/pack-v1.zip', import.meta.url))))
    expect(document).toContain(`${pack.length.toLocaleString('en')} bytes`)
    expect(document).toContain(toHex(nobleDigests.sha256(pack)))
  })

  test('its pack holds under the key of the known answers', async () => {
    const key = parseVerifierKey(recordAnswers.verifierKey)
    const { outcome, facts } = await verifyPack(sourceOf(await documentPack()), { ...NO_ANCHORS, keys: key === null ? [] : [key] })
    expect([outcome, facts?.events, facts?.withheld]).toEqual(['holds', expect.any(Number), 1])
  })

  test('names every member that a pack may have', () => {
    for (const name of [
      'README.txt',
      'proof/head.note',
      'proof/map.bin',
      'proof/consistency.jsonl',
      'proof/timestamps/1.tsr',
      'manifest.note',
    ]) {
      expect(document).toContain(`\`${name}\``)
    }
  })
})
