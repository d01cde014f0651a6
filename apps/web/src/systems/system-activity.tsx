import { Suspense, useMemo } from 'react'
import { useReading } from '../reading/use-reading.ts'
import { useSession } from '../session/use-session.ts'
import { activityQuery } from '../things/timeline-documents.ts'
import { lazily } from '../ui/lazily.tsx'

const ActivityPlot = lazily(() => import('../plot/activity-plot.tsx').then((module) => module.ActivityPlot))
const DAYS = 90
const DAY = 86_400_000

/** What the last 90 days of the record's clock brought about one system. */
export function SystemActivity({ system }: { readonly system: string }) {
  const { now } = useSession()
  const range = useMemo(() => {
    const end = now().getTime()
    return { from: dateOf(end - (DAYS - 1) * DAY), to: dateOf(end) }
  }, [now])
  const { reading } = useReading(activityQuery, { system, ...range })
  const waiting = <div className="h-76" />
  if (reading.status !== 'read') return reading.status === 'loading' ? waiting : null
  return (
    <Suspense fallback={waiting}>
      <ActivityPlot days={reading.data.activity} about={`aisystem:${system}`} />
    </Suspense>
  )
}

function dateOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10)
}
