import { EventOpen } from '../audit-trail/event-open.tsx'
import { words } from '../format/words.ts'
import { useSession } from '../session/use-session.ts'
import { RoomLink, ThingLink } from '../things/thing-link.tsx'
import { Instant } from '../ui/instant.tsx'
import { Card, Nothing, Section } from '../ui/section.tsx'
import { SimpleTable } from '../ui/simple-table.tsx'
import { Status } from '../ui/status.tsx'
import type { System } from './systems-documents.ts'

type DeployedModel = System['models'][number]

/** What runs, where, and whether an approval of that very version is in force. */
export function DeployedModels({ models, system }: { readonly models: readonly DeployedModel[]; readonly system?: string }) {
  return (
    <Section title="Models deployed">
      <Card>
        {models.length === 0 ? (
          <Nothing title="Nothing is deployed, as far as the record says.">
            A pipeline records VersionDeployed{system === undefined ? '' : ` with ${system} among its systems`} when it deploys.
          </Nothing>
        ) : (
          <SimpleTable
            label="Models deployed"
            rows={models}
            keyOf={({ model, version, environment }) => `${model}@${version} ${environment}`}
            columns={[
              {
                title: 'Model',
                cell: ({ model, name, version }) => (
                  <ThingLink reference={`model:${model}@${version}`}>
                    {name ?? model} {version}
                  </ThingLink>
                ),
              },
              { title: 'Environment', wideOnly: true, cell: ({ environment }) => environment },
              {
                title: 'Share',
                align: 'right',
                wideOnly: true,
                cell: ({ share }) => (share === null ? '–' : `${Math.round(share * 100)} %`),
              },
              {
                title: 'Since',
                wideOnly: true,
                cell: ({ since, event }) => (
                  <EventOpen event={event}>
                    <Instant at={since} />
                  </EventOpen>
                ),
              },
              { title: 'Approval', cell: (deployed) => <DeployedApproval deployed={deployed} /> },
            ]}
          />
        )}
      </Card>
    </Section>
  )
}

export function DeployedApproval({ deployed: { approval, approvalInForce } }: { readonly deployed: DeployedModel }) {
  const mark = approvalInForce ? (
    <Status tone="met" word="In force" />
  ) : (
    <Status tone="missing" word={approval === null ? 'None' : 'Not in force'} />
  )
  return approval === null ? mark : <RoomLink to={`/approvals/${encodeURIComponent(approval)}`}>{mark}</RoomLink>
}

export function Dependencies({ dependencies }: { readonly dependencies: System['dependencies'] }) {
  return (
    <Section title="Depends on">
      <Card>
        {dependencies.length === 0 ? (
          <Nothing title="No dependency is declared." />
        ) : (
          <SimpleTable
            label="Dependencies"
            rows={dependencies}
            keyOf={({ on, kind }) => `${on} ${kind}`}
            columns={[
              { title: 'On', cell: ({ on }) => <ThingLink reference={on} /> },
              { title: 'Kind', cell: ({ kind }) => words(kind) },
              {
                title: 'Since',
                wideOnly: true,
                cell: ({ since, event }) => (
                  <EventOpen event={event}>
                    <Instant at={since} />
                  </EventOpen>
                ),
              },
            ]}
          />
        )}
      </Card>
    </Section>
  )
}

export function Documents({ documents }: { readonly documents: System['documents'] }) {
  return (
    <Section title="Documents">
      <Card>
        {documents.length === 0 ? (
          <Nothing title="No document is attached." />
        ) : (
          <SimpleTable
            label="Documents"
            rows={documents}
            keyOf={({ event }) => event}
            columns={[
              {
                title: 'Document',
                cell: ({ title, kind, event }) => (
                  <EventOpen event={event} tip={words(kind)}>
                    {title ?? words(kind)}
                  </EventOpen>
                ),
              },
              { title: 'Kind', wideOnly: true, cell: ({ kind }) => words(kind) },
              { title: 'Valid', cell: (document) => <Validity document={document} /> },
            ]}
          />
        )}
      </Card>
    </Section>
  )
}

export function Validity({ document: { validUntil } }: { readonly document: System['documents'][number] }) {
  const { now } = useSession()
  if (validUntil === null) return <span className="text-ink-3">no end recorded</span>
  const over = isOver(validUntil, now())
  return <Status tone={over ? 'missing' : 'met'} word={`${over ? 'ended' : 'until'} ${validUntil}`} quiet />
}

/** Whether the last day of something has passed. */
export function isOver(lastDay: string, now: Date): boolean {
  return lastDay < now.toISOString().slice(0, 10)
}
