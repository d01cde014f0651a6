import { createHash } from 'node:crypto'
import { join } from 'node:path'
import {
  carriesToken,
  commitment,
  entryBytes,
  eventBytes,
  leafHash,
  MerkleTree,
  parseHex,
  parseNote,
  parseTreeHead,
  referenceKey,
  referenceToken,
  TokenMap,
  type TreeHead,
  verifierKey,
} from '@annal/proof'
import type { EventStore, RecordedEvent } from '../event-store.ts'
import type { KeyReader } from '../keys/key-store.ts'
import { readSignedHead } from './heads/known-head.ts'
import { PublishFolder } from './heads/publish-folder.ts'
import { loadSigningKeys, type SigningKey } from './keys/signing-key-file.ts'
import type { SealedLog, SealStep } from './sealed-log.ts'
import { Sealer, Stopped } from './sealer.ts'

export const ORIGIN = 'ledger.example/log/v1/ws_a'
const SYSTEM_ORIGIN = 'ledger.example/log/v1/system'
/** How many events were recorded: the same events in the same order are the same in every store. */
const recorded = new WeakMap<EventStore, number>()

export interface Written {
  readonly stream: string
  readonly type?: string
  readonly about?: readonly string[]
  readonly data?: Readonly<Record<string, unknown>>
  readonly recordedAt?: string
}

/** Records an event behind the last of its stream. */
export async function record(
  store: EventStore,
  { stream, type = 'SystemChanged', about = [], data = {}, recordedAt }: Written,
): Promise<void> {
  const version = await store.streamVersion(stream)
  const n = recorded.get(store) ?? 0
  recorded.set(store, n + 1)
  const hex = createHash('sha256')
    .update(`${stream} ${version} ${type} ${JSON.stringify(data)} ${about.join()}`)
    .digest('hex')
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
  const at = recordedAt ?? new Date(Date.UTC(2026, 2, 1, 8) + n * 7).toISOString()
  const envelope = {
    v: 1,
    id,
    type,
    version: 1,
    workspace: stream.slice(0, stream.indexOf('.')),
    stream,
    streamVersion: version + 1,
    about,
    actor: { kind: 'service', id: 'svc' },
    occurredAt: at,
    recordedAt: at,
    correlationId: null,
    causationId: null,
    data,
  } as const
  const salt = createHash('sha256').update(hex).digest().subarray(0, 16)
  const event = { id, type, streamVersion: version + 1, bytes: eventBytes(envelope), salt, correlationId: null, causationId: null }
  const outcome = await store.append(stream, version, [event])
  if (outcome.status !== 'appended') throw new Error(`expected to append, found ${outcome.status}`)
}

/** The system's log gets its origin, the workspace `ws_a` is opened. */
export async function open(store: EventStore): Promise<void> {
  await record(store, introduction(SYSTEM_ORIGIN, 1))
  await record(store, { stream: 'system.workspace-ws_a', type: 'WorkspaceOpened', data: { workspace: 'ws_a', logOrigin: ORIGIN } })
}

function introduction(origin: string, key: number): Written {
  const name = verifierKey(origin, new Uint8Array(32).fill(key))
  return { stream: 'system.ledger-keys', type: 'SigningKeyIntroduced', data: { keyName: name.name, verifierKey: 'other' } }
}

export async function someEvents(store: EventStore, count: number, workspace = 'ws_a'): Promise<void> {
  for (let i = 0; i < count; i++) {
    const about = [`aisystem:s${i % 5}`, ...(i % 3 === 0 ? [`model:m${i % 7}`, 'person:per_1'] : [])].sort()
    await record(store, {
      stream: i % 11 === 0 ? `${workspace}.person-per_1` : `${workspace}.aisystem-s${i % 5}`,
      about,
      data: { i, '"recordedAt":"': ']' },
    })
  }
}

/** One workspace's index key. */
export const keys: KeyReader = {
  indexKey: (workspace) => createHash('sha256').update(workspace).digest(),
  hasIndexKey: () => true,
  eventKey: () => null,
  keptFieldKey: () => null,
  subjectKey: () => null,
  subjectErased: () => false,
  webhookKey: () => null,
  noticeDestructions: () => {},
  close: () => {},
}

export class SealKit {
  readonly shown: string[] = []
  readonly steps: string[] = []
  /** The step, counted from 0, at which it is stopped. */
  stopAt = Number.POSITIVE_INFINITY
  now = Date.UTC(2026, 2, 1, 9)

  constructor(
    readonly folder: string,
    readonly store: EventStore,
    readonly published = false,
  ) {}

  get signingKeys(): readonly SigningKey[] {
    return loadSigningKeys(join(this.folder, 'signing.key'))
  }

  tiles(log: string): string {
    return join(this.folder, 'tiles', log)
  }

  openSealer(): Promise<Sealer> {
    return Sealer.open({
      events: this.store,
      keys,
      folders: { tiles: join(this.folder, 'tiles'), heads: join(this.folder, 'heads') },
      index: join(this.folder, 'log.db'),
      signingKeys: this.signingKeys,
      publish: this.published ? new PublishFolder(join(this.folder, 'published')) : null,
      now: () => this.now++,
      makeIndexKey: async () => {},
      introduceKeys: async () => {},
      onChange: ({ growing, shown }: SealedLog) => this.shown.push(`${growing.name} ${shown?.size ?? 0}`),
      onStep: (step: SealStep | 'checkpoint') => {
        if (this.steps.push(step) > this.stopAt) throw new Stopped(step)
      },
      interval: 1,
    })
  }

  /** Seals all that is recorded, in chunks of this many events, and closes. */
  async sealAll(chunk = 1_000_000): Promise<void> {
    const sealer = await this.openSealer()
    try {
      await this.readOn(sealer, chunk)
    } finally {
      await sealer.close()
    }
  }

  async readOn(sealer: Sealer, chunk: number): Promise<void> {
    for (;;) {
      const slice = await this.store.readAll({ after: sealer.book.position, limit: chunk })
      for (const event of slice) sealer.book.add(event)
      await sealer.sealNow()
      if (slice.length < chunk) return
    }
  }
}

/** The head of one log as the specification says it, made without anything of the sealer. */
export async function expectedHead(store: EventStore, origin: string, workspace = 'ws_a'): Promise<TreeHead> {
  const tree = new MerkleTree()
  const map = new TokenMap()
  let at = ''
  for (const event of await allEvents(store)) {
    if (!event.stream.startsWith(`${workspace}.`)) continue
    const envelope = JSON.parse(Buffer.from(event.bytes).toString())
    const tokens = [event.stream, ...(envelope.about as string[])]
      .filter(carriesToken)
      .map((ref) => referenceToken(referenceKey(keys.indexKey(workspace), ref), ref))
      .sort()
    at = envelope.recordedAt > at ? envelope.recordedAt : at
    const leaf: number = tree.size
    const refs = tokens.map((token) => [token, map.count(parseHex(token)!, leaf)] as const)
    tree.append(leafHash(entryBytes({ v: 1, seq: tree.size, at, refs, commit: commitment(event.salt, event.bytes) })))
  }
  return { origin, size: tree.size, root: tree.root(), mapRoot: map.root() }
}

export async function allEvents(store: EventStore): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = []
  for (;;) {
    const slice = await store.readAll({ after: events.at(-1)?.position ?? null, limit: 500 })
    events.push(...slice)
    if (slice.length < 500) return events
  }
}

export async function headOf(log: SealedLog | null, signingKeys: readonly SigningKey[]): Promise<TreeHead> {
  const note = log?.heads.newest()?.note ?? ''
  const parsed = parseNote(Buffer.from(note))
  if (parsed.status === 'refused') throw new Error(`${parsed.reason}: ${note}`)
  const head = parseTreeHead(parsed.note.text)
  if (head.status === 'refused') throw new Error(head.reason)
  const read = await readSignedHead(
    note,
    signingKeys.map(({ publicKey }) => verifierKey(head.head.origin, publicKey)),
  )
  if (read.status === 'refused') throw new Error(read.reason)
  return read.head
}
