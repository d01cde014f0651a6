import type { AuditTrail } from '@annal/projections'
import { type EventEnvelope, formatEventReference, parseEventBytes } from '@annal/proof'

interface Erased {
  readonly erasedAt: string
  /** `<stream>/<event id>` of the event under which the key was destroyed. */
  readonly under: string
}

const PAGE = 500

/** Under which event the key of an erased field was destroyed. Read from the record at the first question. */
export class Erasures {
  private readonly erased = new Map<string, Erased>()
  private reading: Promise<void> | null = null

  private readonly trail: AuditTrail
  private readonly workspace: string

  constructor(trail: AuditTrail, workspace: string) {
    this.trail = trail
    this.workspace = workspace
  }

  /** Null when no event says so: then the field simply stays sealed. */
  async of({ stream, id }: EventEnvelope, pointer: string, subject: string | null): Promise<Erased | null> {
    this.reading ??= this.read()
    await this.reading
    const event = formatEventReference({ stream, id })
    return (
      (subject === null ? undefined : this.erased.get(subject)) ?? this.erased.get(`${event}#${pointer}`) ?? this.erased.get(event) ?? null
    )
  }

  private async read(): Promise<void> {
    const filter = { types: ['SubjectErased', 'FieldRedacted', 'PayloadExpired'] }
    for (let after = null; ; ) {
      const page = await this.trail.page({ workspace: this.workspace, filter, order: 'oldest-first', after, limit: PAGE })
      for (const { bytes } of page.events) this.add(bytes)
      const last = page.events.at(-1)
      if (!page.more || last === undefined) return
      after = last.position
    }
  }

  private add(bytes: Uint8Array): void {
    const parsed = parseEventBytes(bytes)
    if (parsed.status === 'refused') throw new Error(`expected event bytes, found others: ${parsed.reason}`)
    const { envelope } = parsed
    const erased = { erasedAt: envelope.recordedAt, under: formatEventReference(envelope) }
    for (const what of erasedBy(envelope)) this.erased.set(what, erased)
  }
}

/** A data subject, a field (`<event>#<pointer>`) or an event. */
function erasedBy({ type, data }: EventEnvelope): string[] {
  switch (type) {
    case 'SubjectErased':
      return [String(data.subject)]
    case 'FieldRedacted':
      return [`${data.event}#${data.path}`]
    case 'PayloadExpired':
      return Array.isArray(data.events) ? data.events.map(String) : []
  }
  return []
}
