import { getRouteApi } from '@tanstack/react-router'
import { EventOpen } from '../audit-trail/event-open.tsx'
import { DecisionButton } from '../decisions/decision-button.tsx'
import { closeDecision, implicateDecision, notifyDecision, triageDecision } from '../decisions/incident-decisions.ts'
import { Page, WhatIsRead } from '../frame/page.tsx'
import { useReading } from '../reading/use-reading.ts'
import { may } from '../session/may.ts'
import { useSession } from '../session/use-session.ts'
import { NoSuchThing } from '../things/no-such-thing.tsx'
import { IncidentMark, SeverityMark } from '../things/statuses.tsx'
import { RoomLink } from '../things/thing-link.tsx'
import { Timeline } from '../things/timeline.tsx'
import { titleOf } from '../things/vocabulary.ts'
import { Instant } from '../ui/instant.tsx'
import { Row, Rows } from '../ui/rows.tsx'
import { Card, Nothing, Section } from '../ui/section.tsx'
import { SimpleTable } from '../ui/simple-table.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Clocks } from './clocks.tsx'
import { ConcernedSystems } from './concerned-systems.tsx'
import { type Incident, incidentQuery } from './incidents-documents.ts'
import { toSettle, unsettledSystems } from './unsettled-systems.ts'

const route = getRouteApi('/w/$workspace/incidents/$id')

export function IncidentPage() {
  const { id } = route.useParams()
  const { reading, again } = useReading(incidentQuery, { id })
  const incident = reading.status === 'read' ? reading.data.incident : null
  return (
    <Page
      title={incident?.title ?? id}
      above={
        <>
          <RoomLink to="/incidents">Incidents</RoomLink>
          <span aria-hidden>/</span>
          <span className="font-mono">{id}</span>
        </>
      }
      beside={
        incident && (
          <>
            <IncidentMark status={incident.status} />
            <SeverityMark severity={incident.severity} />
          </>
        )
      }
      actions={incident ? <IncidentActions incident={incident} /> : undefined}
    >
      <WhatIsRead reading={reading} again={again} what="The incident" loading={<Skeleton lines={12} what="the incident" />}>
        {(data) =>
          data.incident === null ? <NoSuchThing what="incident" list="/incidents" /> : <IncidentParts incident={data.incident} />
        }
      </WhatIsRead>
    </Page>
  )
}

function IncidentActions({ incident }: { readonly incident: Incident }) {
  const { viewer, now } = useSession()
  if (!may(viewer, 'manage-incident')) return null
  const { id, status, severity, category } = incident
  const open = status !== 'CLOSED'
  const unsettled = unsettledSystems(incident)
  return (
    <>
      {open && <DecisionButton decision={() => triageDecision(id, { severity, category })}>Triage</DecisionButton>}
      <DecisionButton decision={() => implicateDecision(id)}>Add a system</DecisionButton>
      <DecisionButton decision={() => notifyDecision(id, now())}>Authority notified</DecisionButton>
      {open && (
        <DecisionButton
          look={unsettled.length === 0 ? 'primary' : 'outline'}
          obstacle={unsettled.length === 0 ? undefined : toSettle(unsettled.length)}
          decision={() =>
            closeDecision(
              id,
              unsettled.map(({ name, system }) => name ?? system),
            )
          }
        >
          Close
        </DecisionButton>
      )}
    </>
  )
}

function IncidentParts({ incident }: { readonly incident: Incident }) {
  return (
    <>
      <Clocks incident={incident} />
      <ConcernedSystems incident={incident} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6 lg:grid-cols-2">
        <Facts incident={incident} />
        <Notices incident={incident} />
      </div>
      <Timeline filter={{ stream: `incident-${incident.id}` }} search={`stream:incident-${incident.id}`} />
    </>
  )
}

function Facts({ incident }: { readonly incident: Incident }) {
  return (
    <Section title="Facts">
      <Card className="p-4">
        <Rows>
          <Row label="Category">{titleOf(incident.category)}</Row>
          <Row label="Occurred">
            <EventOpen event={incident.event}>
              <Instant at={incident.occurredAt} />
            </EventOpen>
          </Row>
          <Row label="Became aware">
            <EventOpen event={incident.event}>
              <Instant at={incident.awareAt} />
            </EventOpen>
          </Row>
          <Row label="Reported">
            <EventOpen event={incident.event}>
              <Instant at={incident.reportedAt} />
            </EventOpen>
          </Row>
          {incident.closedAt !== null && (
            <Row label="Closed">
              <RoomLink to="/events" search={`stream:incident-${incident.id} type:IncidentClosed`} tip="The event that says so">
                <Instant at={incident.closedAt} />
              </RoomLink>
            </Row>
          )}
          {incident.rootCause !== null && <Row label="Root cause">{incident.rootCause}</Row>}
          {incident.lessons !== null && <Row label="Lessons">{incident.lessons}</Row>}
        </Rows>
      </Card>
    </Section>
  )
}

function Notices({ incident: { notifications } }: { readonly incident: Incident }) {
  return (
    <Section title="Authorities notified">
      <Card>
        {notifications.length === 0 ? (
          <Nothing title="None, as far as the record says." />
        ) : (
          <SimpleTable
            label="Authorities notified"
            rows={notifications}
            keyOf={({ event }) => event}
            columns={[
              { title: 'Authority', cell: ({ authority, event }) => <EventOpen event={event}>{authority}</EventOpen> },
              { title: 'Report', cell: ({ kind }) => titleOf(kind) },
              { title: 'Reference', wideOnly: true, cell: ({ reference }) => reference ?? '–' },
              { title: 'Sent', cell: ({ at }) => <Instant at={at} /> },
            ]}
          />
        )}
      </Card>
    </Section>
  )
}
