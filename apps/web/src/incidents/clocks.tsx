import { ago } from '../format/instants.ts'
import { useSession } from '../session/use-session.ts'
import { Due } from '../things/due.tsx'
import { DeadlineMark } from '../things/statuses.tsx'
import { titleOf } from '../things/vocabulary.ts'
import { Instant } from '../ui/instant.tsx'
import { Card, Nothing, Section } from '../ui/section.tsx'
import type { Incident } from './incidents-documents.ts'

/** The deadlines of the law that run from when the organisation became aware. */
export function Clocks({ incident: { deadlines } }: { readonly incident: Incident }) {
  const { now } = useSession()
  return (
    <Section title="Clocks" note="From when the organisation became aware (Art. 73 AI Act). Outer limits; no legal advice.">
      <Card>
        {deadlines.length === 0 ? (
          <Nothing title="No clock runs for this category.">
            Triage it as a serious incident (Art. 3(49)) or change its category, and the clocks of Art. 73 appear.
          </Nothing>
        ) : (
          <ul>
            {deadlines.map((deadline) => (
              <li
                key={`${deadline.rule} ${deadline.due}`}
                className="grid items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2.5 text-sm last:border-b-0 sm:grid-cols-[7rem_minmax(0,1fr)_auto]"
              >
                <span>
                  <DeadlineMark metAt={deadline.metAt} overdue={deadline.overdue} />
                </span>
                <span className="min-w-0">
                  {titleOf(deadline.rule)} <span className="text-ink-3">({deadline.article})</span>
                </span>
                <span className="text-xs text-ink-2 sm:text-right">
                  {deadline.metAt === null ? (
                    <>
                      due <Due at={deadline.due} />
                    </>
                  ) : (
                    <>
                      met <Instant at={deadline.metAt} />
                    </>
                  )}
                  <span className="block text-ink-3">
                    {deadline.metAt === null ? (
                      ago(deadline.due, now())
                    ) : (
                      <>
                        due <Due at={deadline.due} />
                      </>
                    )}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </Section>
  )
}
