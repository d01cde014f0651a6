import { type EventReader, type KeyReader, openEvents, type RecordedEvent } from '@annal/ledger'
import type { Caller, Role } from '../identity/caller.ts'
import { streamEvents } from './build/stream-events.ts'

/** A pack as the record tells it. */
export interface PackRecord {
  readonly pack: string
  readonly exportEvent: string
  readonly scope: RecordedScope
  /** Null where its key was destroyed. */
  readonly purpose: string | null
  readonly requester: string
  readonly exportedAt: string
  readonly events: number
  readonly treeSize: number
  readonly sha256: string
  readonly withNames: boolean
  readonly shares: readonly RecordedShare[]
  /** Who has taken the file, each time that somebody began to. */
  readonly takenBy: readonly string[]
}

export interface RecordedScope {
  readonly kind: 'system' | 'incident' | 'model' | 'workspace' | 'period' | 'filter'
  readonly thing?: string
  readonly period?: { readonly from: string; readonly until: string }
}

export interface RecordedShare {
  readonly person: string | null
  readonly role: Role | null
  readonly until: string
  readonly sharedAt: string
  readonly sharedBy: string
  readonly revokedAt: string | null
}

type Data = Readonly<Record<string, unknown>>

/** Reads the stream of one pack; null when no such pack was exported in this workspace. */
export async function readPackRecord(store: EventReader, keys: KeyReader, workspace: string, pack: string): Promise<PackRecord | null> {
  let record: PackRecord | null = null
  for await (const recorded of streamEvents(store, `${workspace}.ledger-pack~${pack}`)) record = evolve(record, recorded, keys)
  return record
}

function evolve(record: PackRecord | null, recorded: RecordedEvent, keys: KeyReader): PackRecord | null {
  const [opened] = openEvents([recorded], keys)
  if (opened === undefined) return record
  const { envelope, data } = opened
  if (envelope.type === 'EvidencePackExported') return exported(envelope.id, envelope.occurredAt, data)
  if (record === null) return null
  switch (envelope.type) {
    case 'PackShared':
      return { ...record, shares: [...record.shares, share(data, envelope.occurredAt, envelope.actor.id)] }
    case 'PackShareRevoked':
      return {
        ...record,
        shares: record.shares.map((one) => (isSame(one, data) ? { ...one, revokedAt: one.revokedAt ?? envelope.occurredAt } : one)),
      }
    case 'PackDownloaded':
      return { ...record, takenBy: [...record.takenBy, String(data.person)] }
    default:
      return record
  }
}

function exported(exportEvent: string, exportedAt: string, data: Data): PackRecord {
  return {
    pack: String(data.pack),
    exportEvent,
    scope: data.scope as RecordedScope,
    purpose: typeof data.purpose === 'string' ? data.purpose : null,
    requester: String(data.requester),
    exportedAt,
    events: Number(data.events),
    treeSize: Number(data.treeSize),
    sha256: String(data.sha256),
    withNames: data.withNames === true,
    shares: [],
    takenBy: [],
  }
}

function share({ person, role, until }: Data, sharedAt: string, sharedBy: string): RecordedShare {
  return { person: textOrNull(person), role: roleOf(role), until: String(until), sharedAt, sharedBy, revokedAt: null }
}

function isSame(one: RecordedShare, { person, role }: Data): boolean {
  return one.person === textOrNull(person) && one.role === roleOf(role)
}

function roleOf(role: unknown): Role | null {
  return typeof role === 'string' ? (role.toUpperCase() as Role) : null
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

type Holder = Pick<Caller, 'actor' | 'roles'>

/** Whether the pack is shared with the caller, as a person or in a role, at that instant. */
export function isSharedWith({ shares }: PackRecord, caller: Holder, at: string): boolean {
  return shares.some((share) => share.revokedAt === null && share.until > at && isTheirs(share, caller))
}

/** When the pack was last shared with the caller, though that may have ended; null: never. */
export function lastSharedWith({ shares }: PackRecord, caller: Holder): string | null {
  return shares.findLast((share) => isTheirs(share, caller))?.sharedAt ?? null
}

function isTheirs({ person, role }: RecordedShare, { actor, roles }: Holder): boolean {
  return person === actor.id || (role !== null && roles.includes(role))
}
