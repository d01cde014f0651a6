import { useReading } from '../../reading/use-reading.ts'
import { Instant } from '../../ui/instant.tsx'
import { ActorName } from '../actor-name.tsx'
import { EventOpen } from '../event-open.tsx'
import { destructions } from '../trail-documents.ts'
import { destroyedBy } from './destruction.ts'
import { useOpenEvent } from './open-event.ts'

/** A field that nobody can read any more: who destroyed its key, when and why, as far as the record says. */
export function ErasedValue({ pointer }: { readonly pointer: string }) {
  const { event } = useOpenEvent()
  const subject = event.sealed.find((seal) => seal.pointer === pointer)?.subject ?? null
  const { reading } = useReading(destructions, {
    // The text of a redaction names the event.
    redactions: { types: ['FieldRedacted'], text: event.id },
    erasures: { types: ['SubjectErased'], stream: `subject-${subject ?? 'none'}` },
  })
  const destroyed = reading.status === 'read' ? destroyedBy(event, pointer, reading.data) : null
  return (
    <>
      <p className="text-ink-3 italic">{destroyed?.how === 'redacted' ? 'Redacted' : 'Erased'}: the key to it was destroyed</p>
      {destroyed && (
        <div className="mt-0.5 grid gap-0.5 text-xs text-ink-2">
          <p className="flex flex-wrap items-center gap-x-2">
            <ActorName actor={destroyed.by.actor} />
            <Instant at={destroyed.by.recordedAt} exact />
          </p>
          {destroyed.reason !== null && <p className="whitespace-pre-wrap">{destroyed.reason}</p>}
          <p>
            <EventOpen event={destroyed.by.id}>The event that records it</EventOpen>
          </p>
        </div>
      )}
    </>
  )
}
