import { unzipSync } from 'fflate'
import {
  encodeUtf8,
  type FieldDisclosure,
  leafHash,
  MerkleTree,
  type NoteSigner,
  type PackLeaf,
  PackWriter,
  parseEntry,
  parseHex,
  parseVerifierKey,
  proveConsistency,
  TokenMap,
  toHex,
} from '../src/index.ts'
import { MemorySink } from './memory-sink.ts'
import { recordAnswers } from './record-answers.ts'
import { signEd25519 } from './runtime-ed25519.ts'

const SCOPE = ['model:cs@7']
const OLDER = 3
/** The last leaf: only its entry is in the pack. */
const WITHHELD = recordAnswers.events.length - 1

/** The pack that `docs/proof-format.md` explains: all that names one version of a model, of the seven events in `record-v1.json`. */
export async function documentPack(): Promise<Uint8Array> {
  const sink = new MemorySink()
  const pack = new PackWriter(sink)
  const { tree, map } = logOfAnswers()
  const size = recordAnswers.events.length
  await pack.document('README.txt', [encodeUtf8('Events that name model:cs@7. Check with: node verify.mjs PACK.zip --key KEY\n')])
  await pack.leaves('events', leaves(), { size, nodes: tree.node, openingOf, alsoOpened: SCOPE })
  await pack.mapProof(map.proveMany(SCOPE.map(tokenOf)))
  await pack.consistency([{ oldSize: OLDER, hashes: proveConsistency(OLDER, size, tree.node) }])
  await pack.head(encodeUtf8(recordAnswers.heads[size - 1]?.note ?? ''))
  await pack.finish(
    {
      release: 'annal 0.1.0',
      origin: recordAnswers.origin,
      workspace: recordAnswers.workspace,
      size,
      exportedAt: '2026-03-05T09:00:00.000Z',
      exportedBy: { kind: 'person', id: 'per_3f8a1c' },
      purpose: 'Example of the format',
      scope: { kind: 'references', refs: SCOPE },
      systemKeys: [],
      witnesses: null,
    },
    [signer()],
  )
  return sink.content()
}

/** The examples of the document, as they stand in it. */
export async function documentExamples(): Promise<Readonly<Record<string, string>>> {
  const pack = await documentPack()
  const members = unzipSync(pack)
  const text = (name: string) => new TextDecoder().decode(members[name] ?? new Uint8Array(0))
  const hex = (name: string) => lines(toHex(members[name] ?? new Uint8Array(0)))
  return {
    'README.txt': text('README.txt'),
    'events.jsonl': text('events.jsonl'),
    'openings.jsonl': text('proof/events/openings.jsonl'),
    'inclusion.bin': hex('proof/events/inclusion.bin'),
    'map.bin': hex('proof/map.bin'),
    'consistency.jsonl': text('proof/consistency.jsonl'),
    'head.note': text('proof/head.note'),
    'manifest.json': `${text('manifest.json')}\n`,
    'manifest.note': text('manifest.note'),
    'first-bytes': lines(toHex(pack.subarray(0, 40))),
    'last-bytes': lines(toHex(pack.subarray(-22))),
  }
}

function lines(hex: string): string {
  return hex.replaceAll(/.{1,128}/g, '$&\n')
}

function logOfAnswers(): { tree: MerkleTree; map: TokenMap } {
  const [tree, map] = [new MerkleTree(), new TokenMap()]
  for (const [seq, { entry }] of recordAnswers.events.entries()) {
    tree.append(leafHash(encodeUtf8(entry)))
    const parsed = parseEntry(encodeUtf8(entry))
    if (parsed.status === 'refused') throw new Error(parsed.reason)
    for (const [token] of parsed.entry.refs) map.count(bytesOf(token), seq)
  }
  return { tree, map }
}

function leaves(): PackLeaf[] {
  return recordAnswers.events.flatMap(({ event, eventBytes, salt, entry }, index): PackLeaf[] => {
    if (!event.about.some((ref) => SCOPE.includes(ref))) return []
    const bytes = encodeUtf8(entry)
    if (index === WITHHELD) return [{ index, entry: bytes, event: null }]
    return [{ index, entry: bytes, event: { bytes: encodeUtf8(eventBytes), salt: bytesOf(salt), keys: keysOf(event.stream, event.id) } }]
  })
}

/** The first disclosed field that has a data subject is shown as erased. */
function keysOf(stream: string, id: string): Readonly<Record<string, FieldDisclosure>> {
  const fields = recordAnswers.fields.filter((field) => field.stream === stream && field.id === id)
  return Object.fromEntries(fields.map(({ pointer, fieldKey, subjectKey }) => [pointer, subjectKey === null ? fieldKey : ERASED]))
}

const ERASED = {
  erasedAt: '2026-03-04T18:00:00.000Z',
  under: `${recordAnswers.workspace}.subject-sub_9d2e/0192f3c4-0000-7000-8000-0000000000ff`,
}

function openingOf(ref: string): string {
  const opening = recordAnswers.openings.find((it) => it.ref === ref)
  if (opening === undefined) throw new Error(`expected an opening of ${ref}, found none`)
  return opening.rk
}

function tokenOf(ref: string): Uint8Array {
  return bytesOf(recordAnswers.openings.find((it) => it.ref === ref)?.token ?? '')
}

function signer(): NoteSigner {
  const key = parseVerifierKey(recordAnswers.verifierKey)
  if (key === null) throw new Error('expected a verifier key')
  return { key, sign: signEd25519(bytesOf(recordAnswers.signingSeed)) }
}

function bytesOf(hex: string): Uint8Array {
  const bytes = parseHex(hex)
  if (bytes === null) throw new Error(`expected hex, found ${hex}`)
  return bytes
}
