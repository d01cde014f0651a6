import { EventOpen } from '../audit-trail/event-open.tsx'
import { usePages } from '../reading/use-pages.ts'
import { RoomLink } from '../things/thing-link.tsx'
import { timelineQuery } from '../things/timeline-documents.ts'
import { Instant } from '../ui/instant.tsx'
import { Card, Nothing, Section } from '../ui/section.tsx'
import { SimpleTable } from '../ui/simple-table.tsx'
import { Status } from '../ui/status.tsx'

/** What monitoring found, and what settled it. */
export function DriftEvents({ model }: { readonly model: string }) {
  const { status, rows, next } = usePages(
    timelineQuery,
    { filter: { stream: `model-${model}`, types: ['DriftDetected', 'DriftResolved'] }, first: 10 },
    ({ events }) => events,
  )
  return (
    <Section
      title="Drift"
      actions={
        next === 'idle' ? (
          <RoomLink
            to="/events"
            search={`stream:model-${model} type:DriftDetected type:DriftResolved`}
            className="px-2 text-sm font-medium text-accent-ink hover:underline"
          >
            All
          </RoomLink>
        ) : undefined
      }
    >
      <Card>
        {status === 'read' && rows.length === 0 ? (
          <Nothing title="No drift was found.">Monitoring records DriftDetected when a metric leaves its bounds.</Nothing>
        ) : (
          <SimpleTable
            label="Drift"
            rows={rows}
            keyOf={({ id }) => id}
            columns={[
              {
                title: 'When',
                cell: ({ occurredAt }) => <Instant at={occurredAt} />,
              },
              {
                title: 'What',
                cell: ({ type }) =>
                  type === 'DriftDetected' ? <Status tone="stale" word="Found" quiet /> : <Status tone="met" word="Resolved" quiet />,
              },
              { title: 'Event', cell: ({ id, summary }) => <EventOpen event={id}>{summary}</EventOpen> },
            ]}
          />
        )}
      </Card>
    </Section>
  )
}
