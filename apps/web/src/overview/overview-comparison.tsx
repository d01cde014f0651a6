import type { ReactNode } from 'react'
import { BothRead } from '../comparison/both-read.tsx'
import { ChangeMark, CountChange } from '../comparison/change-mark.tsx'
import { nameOf, recordedBetween, useComparison } from '../comparison/comparison.ts'
import { pairUp } from '../comparison/pair.ts'
import { Side } from '../comparison/side.tsx'
import { SideBySide } from '../comparison/side-by-side.tsx'
import { countOf, grouped } from '../format/numbers.ts'
import { RoomLink } from '../things/thing-link.tsx'
import { titleOf } from '../things/vocabulary.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { Card, Nothing, Section } from '../ui/section.tsx'
import { useShown } from '../ui/use-shown.ts'
import { NewsItem } from './bad-news-list.tsx'
import { compareNews } from './compare-news.ts'
import { FIGURES, FigureDoor } from './figures.tsx'
import { type BadNews, type Overview, overviewQuery } from './overview-documents.ts'

/** Where the organisation stood on two dates, and what came between them. */
export function OverviewComparison({ loading }: { readonly loading: ReactNode }) {
  return (
    <BothRead document={overviewQuery} variables={{}} what="The overview" loading={loading}>
      {(earlier, later) => (
        <>
          <ComparedFigures earlier={earlier.overview} later={later.overview} />
          <ComparedNews earlier={earlier.overview} later={later.overview} />
          <ComparedCounts
            title="Systems by risk class"
            what="Risk class"
            earlier={earlier.overview.byRiskClass.map(({ riskClass, systems }) => ({ id: riskClass, systems }))}
            later={later.overview.byRiskClass.map(({ riskClass, systems }) => ({ id: riskClass, systems }))}
            nameOf={titleOf}
            searchOf={(id) => `state:active risk:${id}`}
          />
          <ComparedCounts
            title="Systems by business unit"
            what="Business unit"
            earlier={earlier.overview.byBusinessUnit.map(({ businessUnit, systems }) => ({ id: businessUnit, systems }))}
            later={later.overview.byBusinessUnit.map(({ businessUnit, systems }) => ({ id: businessUnit, systems }))}
            nameOf={(id) => id}
            searchOf={(id) => `state:active unit:${JSON.stringify(id)}`}
          />
        </>
      )}
    </BothRead>
  )
}

interface Both {
  readonly earlier: Overview
  readonly later: Overview
}

function ComparedFigures({ earlier, later }: Both) {
  return (
    <Section title="Figures" note="Each leads to what it counts on that date" actions={<Between />}>
      <SideBySide
        label="Figures on both dates"
        what="Figure"
        lines={FIGURES.map(({ name, count, tone, list }) => {
          const value = (overview: Overview) => (
            <FigureDoor list={list} {...(list === null && { className: LINK })}>
              <span className="text-lg font-semibold tabular">{grouped(count(overview))}</span>
            </FigureDoor>
          )
          return {
            key: name,
            title: name,
            earlier: value(earlier),
            later: value(later),
            change: <CountChange earlier={count(earlier)} later={count(later)} bad={tone !== 'plain'} />,
            changed: count(earlier) !== count(later),
          }
        })}
      />
    </Section>
  )
}

const LINK = 'text-ink underline decoration-line underline-offset-4 hover:text-accent-ink hover:decoration-accent'

/** All that became known in between, on the trail. */
function Between() {
  const comparison = useComparison()
  return (
    <Side of="later">
      <RoomLink
        to="/events"
        search={recordedBetween(comparison)}
        className="rounded px-2 py-1 text-sm font-medium text-accent-ink hover:underline"
      >
        What was recorded in between
      </RoomLink>
    </Side>
  )
}

function ComparedNews({ earlier, later }: Both) {
  const comparison = useComparison()
  const { gone, added, kept, untold } = compareNews(earlier, later)
  return (
    <div id="bad-news" className="grid scroll-mt-4 grid-cols-[minmax(0,1fr)] gap-6 lg:grid-cols-2">
      {untold.earlier + untold.later > 0 && (
        <div className="lg:col-span-2">
          <Notice tone="warn" title="Only the worst of each date are compared">
            The lists have {countOf(untold.earlier, true, 'less urgent one', 'less urgent ones')} of {nameOf(comparison.earlier)} and{' '}
            {grouped(untold.later)} of {nameOf(comparison.later)}. What seems new or gone may be among them.
          </Notice>
        </div>
      )}
      <NewsSection
        title={`Needed somebody on ${nameOf(comparison.earlier)}, and no longer does`}
        mark={<ChangeMark change="gone" word={`${grouped(gone.length)} gone`} />}
        nothing="All that needed somebody then still does."
        side="earlier"
        news={gone.map((item) => ({ item, before: null }))}
      />
      <NewsSection
        title={
          comparison.later.asOf === null ? 'Needs somebody now, and did not then' : `Needed somebody on ${nameOf(comparison.later)} only`
        }
        mark={<ChangeMark change="added" word={`${grouped(added.length)} new`} />}
        nothing="Nothing new needs somebody."
        side="later"
        news={added.map((item) => ({ item, before: null }))}
      />
      <div className="lg:col-span-2">
        <NewsSection
          title="Needs somebody on both dates"
          mark={<ChangeMark change="same" word={`${grouped(kept.length)} on both`} />}
          nothing="Nothing needs somebody on both dates."
          side="later"
          news={kept.map((pair) => ({ item: pair.later, before: pair.earlier }))}
        />
      </div>
    </div>
  )
}

const FIRST = 6

interface NewsSectionProps {
  readonly title: string
  readonly mark: ReactNode
  readonly nothing: string
  readonly side: 'earlier' | 'later'
  readonly news: readonly { readonly item: BadNews; readonly before: BadNews | null }[]
}

function NewsSection({ title, mark, nothing, side, news }: NewsSectionProps) {
  const { shown, left, showMore, list } = useShown(news, FIRST, news.length)
  return (
    <Section title={title} note={mark}>
      <Card>
        {news.length === 0 && <Nothing title={nothing} />}
        <ul ref={list}>
          <Side of={side}>
            {shown.map(({ item, before }) => (
              <NewsItem key={`${item.event} ${item.thing}`} item={item} before={before} stacked={side === 'earlier' || before === null} />
            ))}
          </Side>
        </ul>
        {left > 0 && (
          <p className="border-t border-line px-4 py-2" data-print="no">
            <Button onClick={showMore}>Show {grouped(left)} more</Button>
          </p>
        )}
      </Card>
    </Section>
  )
}

interface Count {
  readonly id: string
  readonly systems: number
}

interface ComparedCountsProps {
  readonly title: string
  readonly what: string
  readonly earlier: readonly Count[]
  readonly later: readonly Count[]
  readonly nameOf: (id: string) => string
  readonly searchOf: (id: string) => string
}

function ComparedCounts({ title, what, earlier, later, nameOf: named, searchOf }: ComparedCountsProps) {
  const count = (id: string, row: Count | null) => (
    <RoomLink to="/systems" search={searchOf(id)}>
      <span className="tabular">{grouped(row?.systems ?? 0)}</span>
    </RoomLink>
  )
  return (
    <Section title={title}>
      <SideBySide
        label={title}
        what={what}
        lines={pairUp(earlier, later, ({ id }) => id).map((pair) => ({
          key: pair.key,
          title: named(pair.key),
          earlier: count(pair.key, pair.earlier),
          later: count(pair.key, pair.later),
          change: <CountChange earlier={pair.earlier?.systems ?? 0} later={pair.later?.systems ?? 0} bad={false} />,
          changed: pair.earlier?.systems !== pair.later?.systems,
        }))}
      />
    </Section>
  )
}
