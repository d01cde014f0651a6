import { parseEventReference } from '@annal/proof'
import { ListFilter } from 'lucide-react'
import type { ReactNode } from 'react'
import { ago, readersZone } from '../../format/instants.ts'
import { words } from '../../format/words.ts'
import { useSession } from '../../session/use-session.ts'
import { MonoId } from '../../ui/copy.tsx'
import { Instant } from '../../ui/instant.tsx'
import { ActorName } from '../actor-name.tsx'
import { useDoor } from '../event-door.ts'
import type { FilterTerm } from '../filter/filter-term.ts'
import { ReferenceChip } from '../reference-chip.tsx'
import { localStream } from '../table/local-stream.ts'
import type { WholeEvent } from '../trail-documents.ts'
import { EventLink } from './event-link.tsx'
import { FactList } from './fact-list.tsx'
import { factsOf } from './facts.ts'

/** The event for people: what it says, when and by whom, and what it belongs to. */
export function Readable({ event, fields }: { readonly event: WholeEvent; readonly fields: readonly string[] }) {
  const facts = factsOf(event, fields)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6 px-4 py-5 sm:px-6">
      <Section title="Facts">
        {facts.length === 0 ? <p className="text-sm text-ink-3">This event carries no fields.</p> : <FactList facts={facts} />}
        {event.expiredUnder !== null && (
          <p className="mt-2 text-sm text-ink-3">
            Expired under the retention rule <span className="font-mono">{event.expiredUnder}</span>: the keys to its encrypted fields were
            destroyed.
          </p>
        )}
      </Section>
      {event.about.length > 0 && (
        <Section title="About">
          <ul className="flex flex-wrap gap-1.5">
            {event.about.map((reference) => (
              <li key={reference} className="min-w-0">
                <ReferenceChip reference={reference} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title="When and by whom">
        <Rows>
          <Row label="Recorded">
            <When at={event.recordedAt} />
          </Row>
          <Row label="Occurred">
            <When at={event.occurredAt} />
          </Row>
          <Row label="By">
            <ActorName actor={event.actor} />
          </Row>
        </Rows>
        <p className="mt-2 text-xs text-ink-3">
          Times in {readersZone()}. When it occurred is the sender’s word; when it was recorded is ours.
        </p>
      </Section>
      <Section title="Belongs to">
        <Rows>
          <Row label="Caused by">
            <Cause reference={event.causationId} />
          </Row>
          <Row label="Correlation">
            {event.correlationId === null ? (
              <Nothing />
            ) : (
              <Filtering term={{ key: 'correlation', value: event.correlationId }} tip="Events of this correlation">
                {event.correlationId}
              </Filtering>
            )}
          </Row>
          <Row label="History of">
            <Filtering term={{ key: 'stream', value: localStream(event.stream) }} tip="The whole history">
              {localStream(event.stream)}
            </Filtering>
          </Row>
          <Row label="No. in its history">
            <span className="tabular">{event.streamVersion}</span>
          </Row>
          <CountsAs type={event.type} />
          <Row label="Event id">
            <MonoId text={event.id} what="event id" head={13} tail={12} />
          </Row>
        </Rows>
      </Section>
    </div>
  )
}

function CountsAs({ type }: { readonly type: string }) {
  const evidence = useSession().catalogue.describe(type)?.evidence ?? []
  if (evidence.length === 0) return null
  return <Row label="Counts as">{evidence.map((kind) => words(kind)).join(', ')}</Row>
}

function Cause({ reference }: { readonly reference: string | null }) {
  if (reference === null) return <Nothing />
  const event = parseEventReference(reference)
  return event === null ? <span className="font-mono text-xs break-all">{reference}</span> : <EventLink {...event} />
}

function Filtering({ term, tip, children }: { readonly term: FilterTerm; readonly tip: string; readonly children: string }) {
  const { setTerms } = useDoor()
  return (
    <button
      type="button"
      data-tip={tip}
      onClick={() => setTerms([term])}
      className="group inline-flex max-w-full items-center gap-1.5 rounded text-left font-mono text-xs leading-5 text-ink hover:text-accent-ink [&_svg]:size-3.5"
    >
      <span className="break-all">{children}</span>
      <ListFilter aria-hidden className="shrink-0 text-ink-3 group-hover:text-accent-ink" />
    </button>
  )
}

function When({ at }: { readonly at: string }) {
  const { now } = useSession()
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      <Instant at={at} exact />
      <span className="text-xs text-ink-3">{ago(at, now())}</span>
    </span>
  )
}

function Nothing() {
  return <span className="text-ink-3">–</span>
}

export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3 className="pb-2 text-xs font-medium text-ink-3">{title}</h3>
      {children}
    </section>
  )
}

function Rows({ children }: { readonly children: ReactNode }) {
  return <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-4 gap-y-2 sm:grid-cols-[9.5rem_minmax(0,1fr)]">{children}</dl>
}

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-sm text-ink-3">{label}</dt>
      <dd className="min-w-0 text-sm text-ink">{children}</dd>
    </div>
  )
}
