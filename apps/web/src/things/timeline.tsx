import { EventOpen } from '../audit-trail/event-open.tsx'
import type { EventFilter } from '../audit-trail/filter/event-filter.ts'
import { TypeIcon } from '../audit-trail/type-icon.tsx'
import { countOf } from '../format/numbers.ts'
import { words } from '../format/words.ts'
import { ReadProblem } from '../frame/page.tsx'
import { usePages } from '../reading/use-pages.ts'
import { Button } from '../ui/button.tsx'
import { Instant } from '../ui/instant.tsx'
import { Card, Nothing, Section } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { PersonName } from './person-name.tsx'
import { RoomLink } from './thing-link.tsx'
import { timelineQuery } from './timeline-documents.ts'

const PAGE = 15

interface TimelineProps {
  readonly filter: EventFilter
  /** The same for the trail's page. */
  readonly search: string
}

/** What happened, newest first. Each opens its event. */
export function Timeline({ filter, search }: TimelineProps) {
  const { status, rows, next, count, problem, more, again } = usePages(timelineQuery, { filter, first: PAGE }, ({ events }) => events)
  return (
    <Section
      title="Timeline"
      note={count === null ? undefined : countOf(count.value, count.exact, 'event', 'events')}
      actions={
        <RoomLink to="/events" search={search} className="rounded px-2 py-1 text-sm font-medium text-accent-ink hover:underline">
          In the audit trail
        </RoomLink>
      }
    >
      <Card>
        {status === 'loading' && (
          <div className="px-4">
            <Skeleton lines={5} what="the timeline" />
          </div>
        )}
        {status === 'failed' && problem !== null && (
          <div className="px-4">
            <ReadProblem problem={problem} what="The timeline" again={again} />
          </div>
        )}
        {status === 'read' && rows.length === 0 && <Nothing title="Nothing is recorded about it yet." />}
        <ol>
          {rows.map((event) => (
            <li
              key={event.id}
              className="grid gap-x-4 gap-y-0.5 border-b border-line px-4 py-2 text-sm last:border-b-0 sm:grid-cols-[10rem_minmax(0,1fr)_auto]"
            >
              <span className="text-xs leading-5 text-ink-2">
                <Instant at={event.occurredAt} />
              </span>
              <span className="flex min-w-0 items-start gap-2">
                <span className="mt-0.5" data-tip={words(event.type)}>
                  <TypeIcon stream={event.stream} />
                </span>
                <EventOpen
                  event={event.id}
                  tip={words(event.type)}
                  className="min-w-0 break-words text-ink hover:text-accent-ink hover:underline"
                >
                  {event.summary}
                </EventOpen>
              </span>
              <span className="text-xs leading-5 text-ink-3">
                <PersonName actor={event.actor} />
              </span>
            </li>
          ))}
        </ol>
        {next !== 'end' && status === 'read' && (
          <p className="border-t border-line px-4 py-2" data-print="no">
            <Button onClick={more} {...(next === 'loading' && { unavailable: 'Earlier events are being read.' })}>
              {next === 'loading' ? 'Loading…' : 'Earlier events'}
            </Button>
          </p>
        )}
      </Card>
    </Section>
  )
}
