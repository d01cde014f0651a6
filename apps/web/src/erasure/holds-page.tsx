import { DecisionButton } from '../decisions/decision-button.tsx'
import { placeHoldDecision, releaseHoldDecision } from '../decisions/erasure-decisions.ts'
import { Page, ReadProblem } from '../frame/page.tsx'
import { usePages } from '../reading/use-pages.ts'
import { useReading } from '../reading/use-reading.ts'
import { may } from '../session/may.ts'
import { useSession } from '../session/use-session.ts'
import { NamedThing } from '../things/named-thing.tsx'
import { PersonName } from '../things/person-name.tsx'
import { RoomTabs } from '../things/room-tabs.tsx'
import { RoomLink } from '../things/thing-link.tsx'
import { Instant } from '../ui/instant.tsx'
import { MorePages } from '../ui/more-pages.tsx'
import { Row, Rows } from '../ui/rows.tsx'
import { Card, Nothing } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Status } from '../ui/status.tsx'
import { heldSystem, type LegalHold, legalHoldsQuery } from './erasure-documents.ts'
import { SUBJECT_TABS } from './subject-tabs.ts'

/** What forbids erasure, and why. */
export function HoldsPage() {
  const { viewer, now } = useSession()
  const pages = usePages(legalHoldsQuery, { first: 50 }, ({ legalHolds }) => legalHolds)
  const decides = may(viewer, 'answer-data-subjects')
  return (
    <Page
      title="Legal holds"
      actions={
        decides && (
          <DecisionButton look="primary" decision={() => placeHoldDecision(null, now())}>
            Place a hold on systems
          </DecisionButton>
        )
      }
    >
      <RoomTabs label="Data subjects" tabs={SUBJECT_TABS} />
      {pages.status === 'loading' && <Skeleton lines={6} what="the legal holds" />}
      {pages.status === 'failed' && pages.problem !== null && (
        <ReadProblem problem={pages.problem} what="The legal holds" again={pages.again} />
      )}
      {pages.status === 'read' && pages.rows.length === 0 && (
        <Card>
          <Nothing title="No legal hold was ever placed.">
            While one is in place, nothing that it covers is erased, redacted or expires (Art. 17(3) GDPR). One on a data subject is placed
            on its page.
          </Nothing>
        </Card>
      )}
      {pages.status === 'read' && pages.rows.length > 0 && (
        <ul aria-label="Legal holds" className="grid grid-cols-[minmax(0,1fr)] gap-4">
          {pages.rows.map((hold) => (
            <li key={hold.id}>
              <HoldCard hold={hold} decides={decides} />
            </li>
          ))}
        </ul>
      )}
      {pages.status === 'read' && <MorePages pages={pages} />}
    </Page>
  )
}

function HoldCard({ hold, decides }: { readonly hold: LegalHold; readonly decides: boolean }) {
  const { id, subject, systems, matter, placedAt, placedBy, reviewOn, releasedAt } = hold
  const events = `stream:subject-${subject ?? `hold~${id}`} ${id}`
  return (
    <Card className="grid gap-3 p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="min-w-0 font-mono text-sm font-semibold [overflow-wrap:anywhere]">{id}</h2>
        <Status tone={releasedAt === null ? 'waived' : 'none'} word={releasedAt === null ? 'In place' : 'Released'} />
        {decides && releasedAt === null && (
          <span className="ml-auto">
            <DecisionButton decision={() => releaseHoldDecision(id)}>Release</DecisionButton>
          </span>
        )}
      </div>
      <Rows>
        <Row label="Covers">
          <span className="flex flex-wrap gap-x-3 gap-y-1">
            {subject !== null && (
              <RoomLink to={`/data-subjects/${subject}`} className="font-mono text-xs underline decoration-line underline-offset-4">
                {subject}
              </RoomLink>
            )}
            {systems.map((system) => (
              <HeldSystem key={system} id={system} />
            ))}
          </span>
        </Row>
        <Row label="Matter">{matter ?? <span className="text-ink-3">erased</span>}</Row>
        <Row label="Placed">
          <span className="flex flex-wrap gap-x-3">
            <RoomLink to="/events" search={events} tip="The event that says so">
              <Instant at={placedAt} />
            </RoomLink>
            <PersonName actor={{ kind: placedBy.startsWith('per_') ? 'PERSON' : 'SERVICE', id: placedBy }} />
          </span>
        </Row>
        <Row label="Look at it again">{reviewOn ?? <span className="text-ink-3">no day was set</span>}</Row>
        {releasedAt !== null && (
          <Row label="Released">
            <RoomLink to="/events" search={events} tip="The event that says so">
              <Instant at={releasedAt} />
            </RoomLink>
          </Row>
        )}
      </Rows>
    </Card>
  )
}

/** By its name, once that is read; by its id where it was never registered. */
function HeldSystem({ id }: { readonly id: string }) {
  const { reading } = useReading(heldSystem, { id })
  const name = reading.status === 'read' ? (reading.data.system?.name ?? null) : null
  return <NamedThing reference={`aisystem:${id}`} name={name} />
}
