import { eventBytes } from '@annal/proof'
import type { EventDraft, SealedPath } from '../append/event-draft.ts'
import type { Position, RecordedEvent } from '../event-store.ts'
import type { EventContent } from './json-pointer.ts'
import type { KeyStore } from './key-store.ts'
import { sealData } from './seal-data.ts'

/* Events for the specs of this folder. */

export const WORKSPACE = 'ws_k7m2q9x4t1'
export const STREAM = `${WORKSPACE}.approval-cs-release-7`

export function eventId(n: number): string {
  return `0192f3c4-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
}

export function encrypted(pointer: string, subject: string | null = null): SealedPath {
  return { pointer, how: 'encrypted', subject }
}

export function digest(pointer: string, subject: string | null = null): SealedPath {
  return { pointer, how: 'digest', subject }
}

export function draftOf(data: EventContent, sealed: readonly SealedPath[], n = 0): EventDraft {
  return {
    id: eventId(n),
    type: 'ApprovalGiven',
    version: 1,
    workspace: WORKSPACE,
    stream: STREAM,
    about: ['aisystem:credit-scoring', 'model:cs@7'],
    actor: { kind: 'person', id: 'per_3f8a1c' },
    occurredAt: '2026-03-03T12:00:00.000Z',
    correlationId: null,
    causationId: null,
    data,
    sealed,
    expectedVersion: null,
  }
}

/** The event as a store gives it back, with its data sealed. */
export function record(draft: EventDraft, streamVersion: number, keys: KeyStore): RecordedEvent {
  const outcome = sealData(draft, streamVersion, keys)
  if (outcome.status === 'refused') throw new Error(`expected data to be sealed, found ${outcome.code}: ${outcome.message}`)
  return recordedAs(draft, streamVersion, outcome.data)
}

/** The event as a store gives it back, with whatever data. */
export function recordedAs(draft: EventDraft, streamVersion: number, data: EventContent): RecordedEvent {
  const { id, type, version, workspace, stream, about, actor, occurredAt, correlationId, causationId } = draft
  const names = { v: 1, id, type, version, workspace, stream, streamVersion, about, actor } as const
  const bytes = eventBytes({ ...names, occurredAt, recordedAt: '2026-03-03T12:00:00.010Z', correlationId, causationId, data })
  return { position: String(streamVersion) as Position, stream, streamVersion, id, type, bytes, salt: new Uint8Array(16) }
}
