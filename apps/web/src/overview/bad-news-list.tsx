import { EventOpen } from '../audit-trail/event-open.tsx'
import { ago } from '../format/instants.ts'
import { countOf, grouped } from '../format/numbers.ts'
import { useSession } from '../session/use-session.ts'
import { Due } from '../things/due.tsx'
import { ThingLink } from '../things/thing-link.tsx'
import { thingPath } from '../things/thing-path.ts'
import { Button } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { Instant } from '../ui/instant.tsx'
import { Card, Nothing, Section } from '../ui/section.tsx'
import { Status, type StatusTone } from '../ui/status.tsx'
import { useShown } from '../ui/use-shown.ts'
import type { BadNews } from './overview-documents.ts'

const KINDS: Readonly<Record<BadNews['kind'], { readonly tone: StatusTone; readonly word: string }>> = {
  OVERDUE_CLOCK: { tone: 'missing', word: 'Overdue' },
  VIOLATION: { tone: 'missing', word: 'Violation' },
  OPEN_INCIDENT: { tone: 'missing', word: 'Incident' },
  DRIFT: { tone: 'stale', word: 'Drift' },
  APPROVAL_LAPSED: { tone: 'stale', word: 'Lapsed' },
  EVIDENCE_EXPIRED: { tone: 'missing', word: 'Expired' },
  EVIDENCE_EXPIRING: { tone: 'stale', word: 'Expiring' },
}
const FIRST = 12

/** What needs somebody, the worst first: each with its system, its owner, its due time and the event that says so. */
export function BadNewsList({ news, more }: { readonly news: readonly BadNews[]; readonly more: number }) {
  const { shown, left, showMore, list } = useShown(news, FIRST, news.length)
  return (
    <div id="bad-news" className="scroll-mt-4">
      <Section title="What needs somebody" note={news.length === 0 ? undefined : 'The worst first'}>
        <Card>
          {news.length === 0 ? (
            <Nothing title="Nothing does.">
              No clock is overdue, no violation or incident is open, no model drifts and no evidence runs out soon, as far as the record
              says.
            </Nothing>
          ) : (
            <ul ref={list} aria-live="polite">
              {shown.map((item) => (
                <NewsItem key={`${item.kind} ${item.event} ${item.thing}`} item={item} />
              ))}
            </ul>
          )}
          {(left > 0 || more > 0) && (
            <p className="flex flex-wrap items-center gap-3 border-t border-line px-4 py-2 text-sm text-ink-3">
              {left > 0 && <Button onClick={showMore}>Show {grouped(left)} more</Button>}
              {more > 0 && `${countOf(more, true, 'less urgent one stands', 'less urgent ones stand')} in the lists.`}
            </p>
          )}
        </Card>
      </Section>
    </div>
  )
}

interface NewsItemProps {
  readonly item: BadNews
  /** What it was on an earlier date, where that is told too. */
  readonly before?: BadNews | null
  /** In half of the page's width. */
  readonly stacked?: boolean
}

export function NewsItem({ item, before = null, stacked = false }: NewsItemProps) {
  const { now } = useSession()
  const { tone, word } = KINDS[item.kind]
  return (
    <li
      className={classes(
        'grid gap-x-4 gap-y-1 wrap-anywhere border-b border-line px-4 py-2.5 text-sm last:border-b-0',
        !stacked && 'md:grid-cols-[7rem_minmax(0,1fr)_minmax(0,14rem)_12.5rem] md:items-center',
      )}
    >
      <span className="flex flex-wrap items-center gap-1">
        {before !== null && before.kind !== item.kind && (
          <>
            <Status tone={KINDS[before.kind].tone} word={KINDS[before.kind].word} quiet />
            <span className="text-xs text-ink-3">then</span>
          </>
        )}
        <Status tone={tone} word={word} />
      </span>
      <span className="min-w-0">
        {thingPath(item.thing) === null ? (
          <EventOpen event={item.event}>{item.title}</EventOpen>
        ) : (
          <ThingLink reference={item.thing}>{item.title}</ThingLink>
        )}
      </span>
      <span className="flex min-w-0 flex-wrap gap-x-2 text-xs text-ink-3">
        {item.system !== null && <ThingLink reference={`aisystem:${item.system}`}>{item.systemName ?? item.system}</ThingLink>}
        {item.owner !== null && <span className="truncate">{item.owner}</span>}
      </span>
      <span className={classes('text-xs text-ink-2', !stacked && 'md:text-right')}>
        <EventOpen event={item.event} tip="The event that says so">
          {item.due === null ? (
            <>
              since <Instant at={item.since} />
            </>
          ) : (
            <>
              due <Due at={item.due} />
            </>
          )}
        </EventOpen>
        <span className="block text-ink-3">{ago(item.due ?? item.since, now())}</span>
      </span>
    </li>
  )
}
