import {
  type ContainerSource,
  cosign,
  type Entry,
  type EventEnvelope,
  encodeUtf8,
  type FieldDisclosure,
  formatWitnessKey,
  keyCommitment,
  type NoteSigner,
  nobleDigests,
  noteBytes,
  type PackDocument,
  type PackLeaf,
  type PackManifest,
  type PackScope,
  PackWriter,
  proveConsistency,
  signNote,
  toBase64,
  toHex,
  witnessKey,
} from '../src/index.ts'
import { ExampleLog } from './example-log.ts'
import { MemorySink } from './memory-sink.ts'
import { runtimeDigests } from './runtime-digests.ts'
import { publicKeyOf, signEd25519 } from './runtime-ed25519.ts'

export const WORKSPACE = 'ws_k7m2q9x4t1'
export const ORIGIN = `ledger.example/log/v1/${WORKSPACE}`
export const SYSTEM_ORIGIN = 'ledger.example/log/v1/system'
const EXPORTED_AT = '2026-11-21T10:00:00.000Z'

export const WITNESS = { key: witnessKey('witness.example', publicKeyOf(seedOf('witness'))), sign: signEd25519(seedOf('witness')) }
export const SECOND_WITNESS = { key: witnessKey('second.example', publicKeyOf(seedOf('second'))), sign: signEd25519(seedOf('second')) }
export const WITNESSED_AT = 1_795_255_260

function seedOf(name: string): Uint8Array {
  return nobleDigests.sha256(encodeUtf8(name))
}

const FIELD_KEY = seedOf('field key')
const SEALED = {
  enc: 1,
  sub: null,
  iv: toBase64(seedOf('iv').slice(0, 12)),
  ct: toBase64(seedOf('ciphertext')),
  kc: keyCommitment(FIELD_KEY),
}

/** Event `i` of an example workspace: two systems and three models, some free text that is sealed, a person's profile now and then. */
export function exampleEvent(i: number, versions: Map<string, number>, workspace = WORKSPACE): EventEnvelope {
  const model = `m${i % 3}`
  const person = i % 10 === 7
  const stream = person ? `${workspace}.person-per_${i % 4}` : `${workspace}.model-${model}`
  const streamVersion = versions.get(stream) ?? 0
  versions.set(stream, streamVersion + 1)
  const recordedAt = new Date(Date.UTC(2026, 10, 1) + i * 61_000 - (i % 5 === 3 ? 90_000 : 0)).toISOString()
  return {
    v: 1,
    id: `0192f3c4-0000-7000-8000-${String(i).padStart(12, '0')}`,
    type: person ? 'PersonProfileSet' : 'BiasAudited',
    version: 1,
    workspace,
    stream,
    streamVersion,
    about: person ? [`person:per_${i % 4}`] : [`aisystem:s${i % 2}`, `model:${model}@7`],
    actor: { kind: 'service', id: 'svc_scoring' },
    occurredAt: recordedAt,
    recordedAt,
    correlationId: null,
    causationId: null,
    data: person
      ? { name: SEALED }
      : { findings: SEALED, metric: 'selection_rate', model, note: `sample ${i} — größer`, passed: i % 2 === 0, value: i / 7 },
  }
}

function roleEvent(versions: Map<string, number>, person: string): EventEnvelope {
  const stream = `${WORKSPACE}.workspace-access`
  const streamVersion = versions.get(stream) ?? 0
  versions.set(stream, streamVersion + 1)
  return {
    ...exampleEvent(1, new Map()),
    id: `0192f3c4-1111-7000-8000-${String(streamVersion).padStart(12, '0')}`,
    type: 'RoleGranted',
    stream,
    streamVersion,
    about: [],
    recordedAt: '2026-11-01T00:00:00.000Z',
    data: { person, role: 'approver' },
  }
}

/**
 * A log of `size` leaves: a role granted, then examples.
 * @param bend what this log records otherwise, or writes into its entries.
 */
export function exampleLog(size: number, seed = 1, bend: LogBend = {}): ExampleLog {
  const log = new ExampleLog(ORIGIN, seed, runtimeDigests)
  const versions = new Map<string, number>()
  const forge = (entry: Entry): Entry => bend.entry?.(entry) ?? entry
  for (let i = 0; i < size; i++) {
    if (i === 0) log.add(roleEvent(versions, 'per_1'), {}, forge)
    else {
      const event = exampleEvent(i, versions)
      log.add(bend.event?.(event, i) ?? event, disclosuresOf(i), forge)
    }
  }
  return log
}

/** A log that continues the workspace's first one, which had 100 leaves. */
export function continuedLog(size: number, seed = 1): ExampleLog {
  const log = new ExampleLog(`${ORIGIN}~2`, seed, runtimeDigests)
  const versions = new Map<string, number>()
  log.add({
    ...roleEvent(versions, 'per_1'),
    type: 'LogContinued',
    stream: `${WORKSPACE}.ledger-log`,
    data: { origin: ORIGIN, size: 100, root: toBase64(seedOf('root')), newOrigin: log.origin, reason: 'Restored from a backup.' },
  })
  for (let i = 1; i < size; i++) log.add(exampleEvent(i, versions), disclosuresOf(i))
  return log
}

export interface LogBend {
  readonly event?: (event: EventEnvelope, i: number) => EventEnvelope
  readonly entry?: (entry: Entry) => Entry
}

/** Three of four sealed fields can be read, and one of nine was erased. */
function disclosuresOf(i: number): Readonly<Record<string, FieldDisclosure>> {
  if (i % 4 === 0) return {}
  const pointer = i % 10 === 7 ? '/name' : '/findings'
  const erased = { erasedAt: EXPORTED_AT, under: `${WORKSPACE}.subject-sub_1/0192f3c4-0000-7000-8000-0000000000aa` }
  return { [pointer]: i % 9 === 8 ? erased : toHex(FIELD_KEY) }
}

/** The system's log, in which a key of the workspace's log was introduced. */
export function systemLog(
  introduced: readonly string[],
  retired: readonly string[] = [],
  because = 'rotated',
  origin = SYSTEM_ORIGIN,
): ExampleLog {
  const log = new ExampleLog(origin, 77, runtimeDigests)
  const all = [
    ...introduced.map((key) => ['SigningKeyIntroduced', key] as const),
    ...retired.map((key) => ['SigningKeyRetired', key] as const),
  ]
  for (const [i, [type, verifierKey]] of all.entries()) {
    const shared = { keyName: ORIGIN, verifierKey }
    log.add({
      ...exampleEvent(1, new Map(), 'system'),
      id: `0192f3c4-2222-7000-8000-${String(i).padStart(12, '0')}`,
      type,
      stream: 'system.ledger-keys',
      streamVersion: i,
      about: [],
      data:
        type === 'SigningKeyIntroduced'
          ? { ...shared, algorithm: 'ed25519', validFrom: '2026-01-01T00:00:00.000Z' }
          : { ...shared, because },
    })
  }
  return log
}

/** What an example pack differs in from a plain one. */
export interface PackWish {
  readonly scope?: PackScope
  /** Leaves of the scope, where not those that the scope says. */
  readonly leaves?: readonly PackLeaf[]
  readonly signers?: readonly NoteSigner[]
  readonly head?: Uint8Array
  readonly olderSizes?: readonly number[]
  readonly witnesses?: PackManifest['witnesses']
  readonly cosigners?: readonly (typeof WITNESS & { readonly time?: number })[]
  readonly timestamps?: (headText: string) => readonly Uint8Array[]
  readonly documents?: readonly (readonly [PackDocument, string])[]
  readonly system?: ExampleLog
  readonly roles?: boolean
  /** Shows leaf 0 as what continues another log. */
  readonly break?: boolean
  readonly facts?: Partial<PackManifest>
  /** Opens another way than the log does. */
  readonly openingOf?: (ref: string) => string
  readonly mapProof?: (log: ExampleLog, refs: readonly string[]) => Uint8Array
}

export const DOCUMENTS_OF_EXAMPLE: readonly (readonly [PackDocument, string])[] = [
  ['README.txt', 'What this is, and how to check it.\n'],
  ['report.pdf', '%PDF-1.7 a report\n'],
  ['report.html', '<!doctype html><title>Report</title>\n'],
]

export async function examplePack(log: ExampleLog, wish: PackWish = {}): Promise<Uint8Array> {
  const sink = new MemorySink()
  const pack = new PackWriter(sink)
  const scope = wish.scope ?? { kind: 'workspace' }
  for (const [name, text] of wish.documents ?? DOCUMENTS_OF_EXAMPLE) await pack.document(name, [encodeUtf8(text)])
  await addEvents(pack, log, scope, wish)
  if (wish.system !== undefined) await addSystem(pack, wish.system)
  if (wish.olderSizes !== undefined) await addConsistency(pack, log, wish.olderSizes)
  await pack.head(wish.head ?? (await cosignedHead(log, wish)))
  for (const token of wish.timestamps?.(log.headText()) ?? []) await pack.timestamp(token)
  await pack.finish({ ...factsOf(log, scope, wish), ...wish.facts }, wish.signers ?? [log.signer])
  return sink.content()
}

async function addEvents(pack: PackWriter, log: ExampleLog, scope: PackScope, wish: PackWish): Promise<void> {
  const refs = scope.kind === 'references' ? scope.refs : []
  const proven = { size: log.size, nodes: log.tree.node, openingOf: wish.openingOf ?? log.openingOf }
  await pack.leaves('events', wish.leaves ?? leavesOf(log, scope), { ...proven, alsoOpened: refs })
  if (scope.kind === 'references') await pack.mapProof(wish.mapProof?.(log, refs) ?? log.map.proveMany(refs.map((ref) => log.tokenOf(ref))))
  if (wish.roles === true) await pack.leaves('roles', log.leaves.slice(0, 1), { ...proven, openingOf: log.openingOf })
  if (wish.break === true) await pack.leaves('break', log.leaves.slice(0, 1), { ...proven, openingOf: log.openingOf })
}

async function addConsistency(pack: PackWriter, log: ExampleLog, olderSizes: readonly number[]): Promise<void> {
  await pack.consistency(
    olderSizes.map((oldSize) => ({ oldSize, hashes: proveConsistency(oldSize, log.size, log.tree.node, runtimeDigests) })),
  )
}

async function addSystem(pack: PackWriter, system: ExampleLog): Promise<void> {
  await pack.leaves('signing-keys', system.leaves, { size: system.size, nodes: system.tree.node, openingOf: system.openingOf })
  await pack.systemHead(await system.head())
}

async function cosignedHead(log: ExampleLog, { signers, cosigners = [] }: PackWish): Promise<Uint8Array> {
  const note = await signNote(log.headText(), signers ?? [log.signer])
  const cosignatures = await Promise.all(cosigners.map((witness) => cosign(log.headText(), witness, witness.time ?? WITNESSED_AT)))
  return noteBytes({ text: note.text, signatures: [...note.signatures, ...cosignatures] })
}

function factsOf(log: ExampleLog, scope: PackScope, wish: PackWish): Omit<PackManifest, 'v' | 'keys' | 'members'> {
  return {
    release: 'annal 0.1.0',
    origin: log.origin,
    workspace: WORKSPACE,
    size: log.size,
    exportedAt: EXPORTED_AT,
    exportedBy: { kind: 'person', id: 'per_3f8a1c' },
    purpose: 'Request of the market surveillance authority',
    scope,
    systemKeys: wish.system === undefined ? [] : [wish.system.verifierKey],
    witnesses: wish.witnesses ?? null,
  }
}

export function policyOf(quorum: number, ...witnesses: readonly (typeof WITNESS)[]): PackManifest['witnesses'] {
  return { quorum, keys: witnesses.map(({ key }) => formatWitnessKey(key)) }
}

/** The leaves that a scope is made of. */
export function leavesOf(log: ExampleLog, scope: PackScope): PackLeaf[] {
  switch (scope.kind) {
    case 'workspace':
      return [...log.leaves]
    case 'range':
      return log.leaves.slice(Math.max(0, scope.from - (scope.since === null ? 0 : 1)), scope.to + (scope.until === null ? 0 : 1))
    case 'references':
      return log.leaves.filter(({ index }) => log.refs[index]?.some((ref) => scope.refs.includes(ref)))
    case 'selection':
      return log.leaves.filter(({ index }) => index % 3 === 0)
  }
}

export function withheld(leaf: PackLeaf): PackLeaf {
  return { ...leaf, event: null }
}

export function sourceOf(bytes: Uint8Array): ContainerSource {
  return { size: bytes.length, read: (at, length) => bytes.slice(at, at + length) }
}
