import { summarise } from '@annal/domain'
import type { EventEnvelope } from '@annal/proof'

/** An event as a report reads it: what the pack itself discloses, nothing else. */
export interface ReportEvent {
  readonly id: string
  readonly type: string
  /** Without the workspace. */
  readonly stream: string
  readonly about: readonly string[]
  readonly actor: { readonly kind: 'person' | 'service'; readonly id: string }
  readonly occurredAt: string
  readonly recordedAt: string
  /** One sentence, from fields that are stored in plain text. */
  readonly summary: string
  readonly data: Readonly<Record<string, unknown>>
}

/** @param data with the fields that the pack opens in plain text, `{erased: true}` and `{sealed: true}` for the others. */
export function reportEvent(envelope: EventEnvelope, data: Readonly<Record<string, unknown>>): ReportEvent {
  const { id, type, stream, workspace, about, actor, occurredAt, recordedAt } = envelope
  return {
    id,
    type,
    stream: stream.slice(workspace.length + 1),
    about,
    actor,
    occurredAt,
    recordedAt,
    summary: summarise(type, data),
    data,
  }
}

/** The words for a field that can't be read, or null for any other value. */
export function unreadableText(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null
  if ('erased' in value) return '(erased)'
  return 'sealed' in value ? '(sealed)' : null
}
