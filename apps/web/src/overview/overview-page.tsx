import { Suspense, use } from 'react'
import { ComparisonContext } from '../comparison/comparison.ts'
import { Page, WhatIsRead } from '../frame/page.tsx'
import { useReading } from '../reading/use-reading.ts'
import { useSession } from '../session/use-session.ts'
import { titleOf } from '../things/vocabulary.ts'
import { lazily } from '../ui/lazily.tsx'
import { Card, Section } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { BadNewsList } from './bad-news-list.tsx'
import { Figures } from './figures.tsx'
import { FirstSystem } from './first-system.tsx'
import { type Overview, overviewQuery } from './overview-documents.ts'

const ActivityPlot = lazily(() => import('../plot/activity-plot.tsx').then((module) => module.ActivityPlot))
const BarsPlot = lazily(() => import('../plot/bars-plot.tsx').then((module) => module.BarsPlot))

const OverviewComparison = lazily(() => import('./overview-comparison.tsx').then((module) => module.OverviewComparison))

/** Where the organisation stands: bad news first. */
export function OverviewPage() {
  const { viewer } = useSession()
  return (
    <Page title="Overview" above={viewer.workspace.name}>
      {use(ComparisonContext) === null ? (
        <OneDate />
      ) : (
        <Suspense fallback={<Loading />}>
          <OverviewComparison loading={<Loading />} />
        </Suspense>
      )}
    </Page>
  )
}

function OneDate() {
  const { reading, again } = useReading(overviewQuery, {})
  return (
    <WhatIsRead reading={reading} again={again} what="The overview" loading={<Loading />}>
      {({ overview }) =>
        overview.systems === 0 && overview.activity.every(({ events }) => events === 0) ? <FirstSystem /> : <Standing overview={overview} />
      }
    </WhatIsRead>
  )
}

function Standing({ overview }: { readonly overview: Overview }) {
  return (
    <>
      <Figures overview={overview} />
      <BadNewsList news={overview.badNews} more={overview.more} />
      <Suspense fallback={<div className="h-80" />}>
        <ActivityPlot days={overview.activity} />
      </Suspense>
      <Suspense fallback={<div className="h-60" />}>
        <div className="grid gap-6 lg:grid-cols-2">
          <BarsPlot
            title="Systems by risk class"
            name="risk-classes"
            what="systems"
            to="/systems"
            rows={overview.byRiskClass.map(({ riskClass, systems }) => ({
              id: riskClass,
              title: titleOf(riskClass),
              count: systems,
              search: `state:active risk:${riskClass}`,
            }))}
          />
          <BarsPlot
            title="Systems by business unit"
            name="business-units"
            what="systems"
            to="/systems"
            rows={overview.byBusinessUnit.map(({ businessUnit, systems }) => ({
              id: businessUnit,
              title: businessUnit,
              count: systems,
              search: `state:active unit:${JSON.stringify(businessUnit)}`,
            }))}
          />
        </div>
      </Suspense>
    </>
  )
}

function Loading() {
  return (
    <>
      <div className="h-[5.5rem]" />
      <Section title="What needs somebody">
        <Card className="min-h-80 px-4">
          <Skeleton lines={8} what="the overview" />
        </Card>
      </Section>
    </>
  )
}
