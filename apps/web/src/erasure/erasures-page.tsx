import { EventOpen } from '../audit-trail/event-open.tsx'
import { shortenMiddle } from '../format/shorten.ts'
import { Page, ReadProblem } from '../frame/page.tsx'
import { usePages } from '../reading/use-pages.ts'
import { useSession } from '../session/use-session.ts'
import { PersonName } from '../things/person-name.tsx'
import { RoomTabs } from '../things/room-tabs.tsx'
import { RoomLink } from '../things/thing-link.tsx'
import { titleOf } from '../things/vocabulary.ts'
import { Instant } from '../ui/instant.tsx'
import { MorePages } from '../ui/more-pages.tsx'
import { Card, Nothing, Section } from '../ui/section.tsx'
import { SimpleTable } from '../ui/simple-table.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Status } from '../ui/status.tsx'
import { type Erasure, erasuresQuery } from './erasure-documents.ts'
import { ErasureMark } from './erasure-mark.tsx'
import { SubjectFinder } from './subject-finder.tsx'
import { SUBJECT_TABS } from './subject-tabs.ts'

/** Requests for erasure, and what became of them. */
export function ErasuresPage() {
  const pages = usePages(erasuresQuery, { first: 50 }, ({ erasures }) => ({
    ...erasures,
    edges: erasures.edges.map(({ node }) => ({ node: { ...node, id: node.event } })),
  }))
  return (
    <Page title="Data subjects">
      <RoomTabs label="Data subjects" tabs={SUBJECT_TABS} />
      <SubjectFinder />
      {pages.status === 'loading' && <Skeleton lines={6} what="the requests" />}
      {pages.status === 'failed' && pages.problem !== null && (
        <ReadProblem problem={pages.problem} what="The requests for erasure" again={pages.again} />
      )}
      {pages.status === 'read' && (
        <Section title="Requests and erasures" note="Art. 17 GDPR. An answer is due within a month.">
          <Card>
            {pages.rows.length === 0 ? (
              <Nothing title="Nobody asked, and nobody was erased.">
                When a person asks, find them by the reference under which your services recorded, and note the request.
              </Nothing>
            ) : (
              <Erasures rows={pages.rows} />
            )}
          </Card>
          <MorePages pages={pages} />
        </Section>
      )}
    </Page>
  )
}

function Erasures({ rows }: { readonly rows: readonly Erasure[] }) {
  return (
    <SimpleTable
      label="Requests and erasures"
      rows={rows}
      keyOf={({ event }) => event}
      columns={[
        {
          title: 'Data subject',
          cell: ({ subject }) => (
            <RoomLink
              to={`/data-subjects/${subject}`}
              tip={subject}
              className="font-mono text-xs underline decoration-line underline-offset-4"
            >
              {shortenMiddle(subject, 8, 4)}
            </RoomLink>
          ),
        },
        { title: 'Status', cell: ({ status }) => <ErasureMark status={status} quiet /> },
        { title: 'Asked on', wideOnly: true, cell: ({ requestedOn }) => requestedOn ?? '–' },
        { title: 'Answer due', cell: (row) => <Due row={row} /> },
        { title: 'Ground', wideOnly: true, cell: ({ ground }) => (ground === null ? '–' : titleOf(ground)) },
        { title: 'Decided', wideOnly: true, cell: (row) => <Decided row={row} /> },
        {
          title: 'Packs out',
          align: 'right',
          wideOnly: true,
          cell: ({ packsHeldBy, subject }) => <RoomLink to={`/data-subjects/${subject}`}>{packsHeldBy.length}</RoomLink>,
        },
      ]}
    />
  )
}

function Due({ row: { due, status, decidedAt } }: { readonly row: Erasure }) {
  const { now } = useSession()
  if (due === null) return '–'
  const today = now().toISOString().slice(0, 10)
  const late = status === 'REQUESTED' ? due < today : decidedAt !== null && decidedAt.slice(0, 10) > due
  return late ? (
    <Status tone={status === 'REQUESTED' ? 'missing' : 'stale'} word={`${due}, late`} quiet />
  ) : (
    <span className="whitespace-nowrap tabular">{due}</span>
  )
}

function Decided({ row: { decidedAt, decidedBy, event } }: { readonly row: Erasure }) {
  if (decidedAt === null) return <EventOpen event={event}>not yet</EventOpen>
  return (
    <span className="flex flex-wrap gap-x-2">
      <EventOpen event={event}>
        <Instant at={decidedAt} />
      </EventOpen>
      {decidedBy !== null && <PersonName actor={{ kind: decidedBy.startsWith('per_') ? 'PERSON' : 'SERVICE', id: decidedBy }} />}
    </span>
  )
}
