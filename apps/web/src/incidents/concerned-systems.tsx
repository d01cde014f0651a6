import { EventOpen } from '../audit-trail/event-open.tsx'
import { DecisionButton } from '../decisions/decision-button.tsx'
import { clearDecision, containDecision, correctDecision } from '../decisions/incident-decisions.ts'
import { may } from '../session/may.ts'
import { useSession } from '../session/use-session.ts'
import { ConcernedMark } from '../things/statuses.tsx'
import { ThingLink } from '../things/thing-link.tsx'
import { titleOf } from '../things/vocabulary.ts'
import { Instant } from '../ui/instant.tsx'
import { Card, Section } from '../ui/section.tsx'
import type { Incident } from './incidents-documents.ts'
import { toSettle, unsettledSystems } from './unsettled-systems.ts'

type Concerned = Incident['systems'][number]

/** Each system that the incident concerns, how far it is settled, and what settles it. */
export function ConcernedSystems({ incident }: { readonly incident: Incident }) {
  const unsettled = unsettledSystems(incident).length
  return (
    <Section title="Systems concerned" note={unsettled === 0 ? 'All are settled' : toSettle(unsettled)}>
      <Card>
        <ul>
          {incident.systems.map((system) => (
            <System key={system.system} incident={incident} of={system} />
          ))}
        </ul>
      </Card>
    </Section>
  )
}

function System({ incident, of }: { readonly incident: Incident; readonly of: Concerned }) {
  const { viewer } = useSession()
  const manages = may(viewer, 'manage-incident')
  const { system, name, state, actions } = of
  return (
    <li className="grid gap-2 border-b border-line px-4 py-3 text-sm last:border-b-0">
      <div className="flex flex-wrap items-center gap-3">
        <ConcernedMark state={state} />
        <span className="min-w-0 flex-1 basis-40 font-medium wrap-anywhere">
          <ThingLink reference={`aisystem:${system}`}>{name ?? system}</ThingLink>
        </span>
        {manages && (
          <span className="flex flex-wrap gap-2" data-print="no">
            {state === 'IMPLICATED' && <DecisionButton decision={() => containDecision(incident.id, system)}>Contain</DecisionButton>}
            {(state === 'IMPLICATED' || state === 'CONTAINED') && (
              <>
                <DecisionButton decision={() => correctDecision(incident.id, system)}>Correct</DecisionButton>
                <DecisionButton look="quiet" decision={() => clearDecision(incident.id, system)}>
                  Clear
                </DecisionButton>
              </>
            )}
          </span>
        )}
      </div>
      {actions.length > 0 && (
        <ul className="grid gap-1 border-l border-line pl-3">
          {actions.map((action) => (
            <li key={action.event} className="flex flex-wrap items-baseline gap-x-3 text-ink-2">
              <span className="text-xs">
                <Instant at={action.at} />
              </span>
              <EventOpen event={action.event}>{titleOf(action.kind)}</EventOpen>
              {action.action !== null && <span className="min-w-0 flex-1 basis-64 break-words">{action.action}</span>}
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}
