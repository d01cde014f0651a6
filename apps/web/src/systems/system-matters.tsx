import { EventOpen } from '../audit-trail/event-open.tsx'
import { words } from '../format/words.ts'
import { WhatIsRead } from '../frame/page.tsx'
import { useReading } from '../reading/use-reading.ts'
import { NamedThing, ThingName } from '../things/named-thing.tsx'
import { ApprovalMark, IncidentMark, SeverityMark, ViolationMark } from '../things/statuses.tsx'
import { RoomLink, ThingLink } from '../things/thing-link.tsx'
import { Instant } from '../ui/instant.tsx'
import { Card, Nothing, Section } from '../ui/section.tsx'
import { SimpleTable } from '../ui/simple-table.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { systemMattersQuery } from './systems-documents.ts'

/** Incidents, violations and approvals of one system, the newest of each. */
export function SystemMatters({ system }: { readonly system: string }) {
  const { reading, again } = useReading(systemMattersQuery, { system, first: 10 })
  return (
    <WhatIsRead reading={reading} again={again} what="What is open" loading={<Skeleton lines={6} what="what is open" />}>
      {({ incidents, approvals, violations }) => (
        <>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-6 lg:grid-cols-2">
            <Section title="Incidents" actions={incidents.edges.length > 0 && <AllLink to="/incidents" system={system} />}>
              <Card>
                {incidents.edges.length === 0 ? (
                  <Nothing title="No incident is recorded." />
                ) : (
                  <SimpleTable
                    label="Incidents"
                    rows={incidents.edges.map(({ node }) => node)}
                    keyOf={({ id }) => id}
                    columns={[
                      { title: 'Incident', cell: ({ id, title }) => <ThingLink reference={`incident:${id}`}>{title ?? id}</ThingLink> },
                      { title: 'Severity', wideOnly: true, cell: ({ severity }) => <SeverityMark severity={severity} quiet /> },
                      { title: 'Status', cell: ({ status }) => <IncidentMark status={status} /> },
                    ]}
                  />
                )}
              </Card>
            </Section>
            <Section title="Violations" actions={violations.edges.length > 0 && <AllLink to="/violations" system={system} />}>
              <Card>
                {violations.edges.length === 0 ? (
                  <Nothing title="No violation is recorded." />
                ) : (
                  <SimpleTable
                    label="Violations"
                    rows={violations.edges.map(({ node }) => node)}
                    keyOf={({ id }) => id}
                    columns={[
                      { title: 'Rule', cell: ({ rule, event }) => <EventOpen event={event}>{words(rule)}</EventOpen> },
                      {
                        title: 'By',
                        wideOnly: true,
                        cell: ({ subject, subjectName }) => <NamedThing reference={subject} name={subjectName} />,
                      },
                      { title: 'Status', cell: ({ resolvedAt }) => <ViolationMark resolvedAt={resolvedAt} /> },
                    ]}
                  />
                )}
              </Card>
            </Section>
          </div>
          <Section title="Approvals" actions={approvals.edges.length > 0 && <AllLink to="/approvals" system={system} />}>
            <Card>
              {approvals.edges.length === 0 ? (
                <Nothing title="No approval was asked for." />
              ) : (
                <SimpleTable
                  label="Approvals"
                  rows={approvals.edges.map(({ node }) => node)}
                  keyOf={({ id }) => id}
                  columns={[
                    {
                      title: 'Approval of',
                      cell: ({ id, subject, subjectName }) => (
                        <RoomLink to={`/approvals/${encodeURIComponent(id)}`}>
                          <ThingName reference={subject} name={subjectName} />
                        </RoomLink>
                      ),
                    },
                    { title: 'Gate', wideOnly: true, cell: ({ gate }) => (gate === null ? '–' : words(gate)) },
                    { title: 'Until', wideOnly: true, cell: ({ expiresAt }) => <Instant at={expiresAt} /> },
                    {
                      title: 'Status',
                      cell: ({ status, inForce, notInForceBecause }) => (
                        <ApprovalMark status={status} inForce={inForce} because={notInForceBecause} />
                      ),
                    },
                  ]}
                />
              )}
            </Card>
          </Section>
        </>
      )}
    </WhatIsRead>
  )
}

function AllLink({ to, system }: { readonly to: string; readonly system: string }) {
  return (
    <RoomLink to={to} search={`system:${system}`} className="rounded px-2 py-1 text-sm font-medium text-accent-ink hover:underline">
      All
    </RoomLink>
  )
}
