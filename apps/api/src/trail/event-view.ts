import { summarise } from '@annal/domain'
import type { OpenedEvent, RecordedEvent } from '@annal/ledger'
import { commitment, type Digests, decodeUtf8, type EventEnvelope, toHex } from '@annal/proof'

/** What of `Event` of the SDL a list shows. None of it was ever sealed, so that no key is needed. */
export interface EventRow {
  readonly id: string
  readonly type: string
  readonly typeVersion: number
  readonly stream: string
  readonly streamVersion: string
  readonly position: string
  readonly about: readonly string[]
  readonly actor: { readonly kind: 'PERSON' | 'SERVICE'; readonly id: string }
  readonly occurredAt: string
  readonly recordedAt: string
  readonly correlationId: string | null
  readonly causationId: string | null
  readonly summary: string
}

/** `Event` of the SDL, all of it: what its resolvers need is computed where the event was read. */
export interface EventView extends EventRow {
  readonly data: unknown
  readonly sealed: readonly SealedView[]
  readonly raw: string
  readonly salt: string
  readonly commitment: string
}

interface SealedView {
  readonly pointer: string
  readonly kind: 'ENCRYPTED' | 'DIGEST'
  readonly subject: string | null
  readonly readable: boolean
}

export function eventRow({ position }: RecordedEvent, envelope: EventEnvelope): EventRow {
  const { id, type, version, stream, streamVersion, about, actor, occurredAt, recordedAt, correlationId, causationId, data } = envelope
  return {
    id,
    type,
    typeVersion: version,
    stream,
    streamVersion: String(streamVersion),
    position,
    about,
    actor: { kind: actor.kind === 'person' ? 'PERSON' : 'SERVICE', id: actor.id },
    occurredAt,
    recordedAt,
    correlationId,
    causationId,
    summary: summarise(type, data),
  }
}

export function eventView(recorded: RecordedEvent, { envelope, data, sealed }: OpenedEvent, digests: Digests): EventView {
  return {
    ...eventRow(recorded, envelope),
    data,
    sealed: sealed.map(({ pointer, how, subject, readable }) => ({
      pointer,
      kind: how === 'encrypted' ? 'ENCRYPTED' : 'DIGEST',
      subject,
      readable,
    })),
    raw: textOf(recorded),
    salt: toHex(recorded.salt),
    commitment: commitment(recorded.salt, recorded.bytes, digests),
  }
}

function textOf({ bytes, stream, id }: RecordedEvent): string {
  const decoded = decodeUtf8(bytes)
  if (decoded.status === 'refused') throw new Error(`expected UTF-8 in ${stream}/${id}, found another byte at ${decoded.at}`)
  return decoded.text
}
