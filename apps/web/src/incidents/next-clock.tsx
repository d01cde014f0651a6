import { ago } from '../format/instants.ts'
import { useSession } from '../session/use-session.ts'
import { Due } from '../things/due.tsx'
import { DeadlineMark } from '../things/statuses.tsx'
import { titleOf } from '../things/vocabulary.ts'
import type { IncidentRow } from './incidents-documents.ts'

/** The clock that runs out first, of those not met. */
export function nextDeadline(deadlines: IncidentRow['deadlines']): IncidentRow['deadlines'][number] | undefined {
  return deadlines.filter(({ metAt }) => metAt === null).toSorted((a, b) => a.due.localeCompare(b.due))[0]
}

export function NextClock({ deadlines }: { readonly deadlines: IncidentRow['deadlines'] }) {
  const { now } = useSession()
  const next = nextDeadline(deadlines)
  if (!next) return <span className="text-xs text-ink-3">{deadlines.length === 0 ? 'No clock' : 'All met'}</span>
  return (
    <span className="inline-flex items-center gap-2 text-xs" data-tip={`${titleOf(next.rule)} (${next.article}), ${ago(next.due, now())}`}>
      <DeadlineMark metAt={null} overdue={next.overdue} quiet />
      <Due at={next.due} />
    </span>
  )
}
