import { dataSubjectOf } from '@annal/domain'
import {
  BLOCK_SIZE,
  type EventReader,
  type KeyStore,
  type Ledger,
  openEvent,
  type RecordedEvent,
  type SealedPath,
  type SessionStore,
} from '@annal/ledger'
import { parseEventBytes, parseEventReference } from '@annal/proof'
import { referenceOfPerson } from '../identity/person-reference.ts'

export interface DestructionSurroundings {
  readonly ledger: Ledger
  readonly store: EventReader
  readonly keys: KeyStore
  readonly sessions: SessionStore
}

/** The types under which keys are destroyed. */
export const DESTRUCTIONS = ['SubjectErased', 'FieldRedacted', 'PayloadExpired'] as const

type Data = Readonly<Record<string, unknown>>

/**
 * Does what a recorded erasure, redaction or expiry says. Done again it finishes what a crash cut short and changes nothing else.
 * @throws StoreUnavailable while a reader holds a store's log: call it again.
 */
export async function destroyKeys(recorded: RecordedEvent, around: DestructionSurroundings): Promise<void> {
  const parsed = parseEventBytes(recorded.bytes)
  if (parsed.status === 'refused') throw new Error(`expected an event in ${recorded.stream}, found ${parsed.reason}`)
  const { type, workspace, data } = parsed.envelope
  switch (type) {
    case 'SubjectErased':
      eraseSubject(workspace, String(data.subject), around)
      return
    case 'FieldRedacted':
      return redact(data, around)
    case 'PayloadExpired':
      return expire(data, around)
  }
}

/** The address first: whose subject it is can't be told any more once the subject is gone. */
function eraseSubject(workspace: string, subject: string, { keys, sessions }: DestructionSurroundings): void {
  for (const person of sessions.personsWithAddress(workspace))
    if (keys.findSubject(workspace, referenceOfPerson(person)) === subject) sessions.eraseAddress({ workspace, person })
  keys.destroySubject(workspace, subject)
}

async function redact(data: Data, { ledger, store, keys }: DestructionSurroundings): Promise<void> {
  const target = await eventOf(data.event, store)
  if (target === null) return
  const { envelope, sealed } = openEvent(target, keys)
  const owner = dataSubjectOf(envelope.type, envelope.data)
  const fields: SealedPath[] = sealed.map(({ pointer, how, subject }) => ({ pointer, how, subject: how === 'digest' ? owner : subject }))
  const { workspace, stream, streamVersion, id } = envelope
  // The keys that the block's other events keep are made from the list of them: nothing may join it meanwhile.
  await ledger.whileStill(stream, async () => {
    const blockEvents = await idsOfBlock(store, stream, Math.floor(streamVersion / BLOCK_SIZE))
    keys.redactField({ event: { workspace, stream, streamVersion, id }, pointer: String(data.path), fields, blockEvents })
  })
}

async function expire(data: Data, { ledger, store, keys }: DestructionSurroundings): Promise<void> {
  const references: readonly unknown[] = Array.isArray(data.events) ? data.events : []
  const found = (await Promise.all(references.map((reference) => eventOf(reference, store)))).filter((event) => event !== null)
  for (const [stream, events] of Map.groupBy(found, (event) => event.stream)) {
    await ledger.whileStill(stream, async () => {
      const blocks = Map.groupBy(events, ({ streamVersion }) => Math.floor(streamVersion / BLOCK_SIZE))
      const expiries = [...blocks].map(async ([block, those]) => ({
        stream,
        block,
        events: those.map(({ id }) => id),
        blockEvents: await idsOfBlock(store, stream, block),
      }))
      keys.expirePayloads(await Promise.all(expiries))
    })
  }
}

async function eventOf(reference: unknown, store: EventReader): Promise<RecordedEvent | null> {
  const named = typeof reference === 'string' ? parseEventReference(reference) : null
  return named === null ? null : store.findEvent(named.stream, named.id)
}

async function idsOfBlock(store: EventReader, stream: string, block: number): Promise<string[]> {
  const events = await store.readStream(stream, { from: block * BLOCK_SIZE, direction: 'forwards', limit: BLOCK_SIZE })
  return events.map(({ id }) => id)
}
