import type { ReactNode } from 'react'
import { EventOpen } from '../audit-trail/event-open.tsx'
import { grouped } from '../format/numbers.ts'
import { RoomLink } from '../things/thing-link.tsx'
import { titleOf } from '../things/vocabulary.ts'
import { Instant } from '../ui/instant.tsx'
import { Row, Rows } from '../ui/rows.tsx'
import { Card, Section } from '../ui/section.tsx'
import { Issues, RiskClass } from './system-columns.tsx'
import type { System } from './systems-documents.ts'

type Source = 'registered' | 'risk' | 'phase' | 'retired'

/** What is known of the system; each fact opens the event that last set it. */
export function SystemFacts({ system }: { readonly system: System }) {
  const fact = (name: Source, content: ReactNode) => (
    <Proven by={system.provenBy.find((source) => source.fact === name)?.event}>{content}</Proven>
  )
  const text = (name: Source, value: string | null, title = value) =>
    value === null ? <span className="text-ink-3">Not recorded</span> : fact(name, title)
  return (
    <Section title="Facts" note="Each opens the event that says so">
      <Card className="grid gap-x-8 gap-y-4 p-4 lg:grid-cols-2">
        <Rows>
          <Row label="Intended purpose">{text('registered', system.purpose)}</Row>
          <Row label="Risk class">
            {system.riskClass === null ? <RiskClass id={null} /> : fact('risk', <RiskClass id={system.riskClass} />)}
          </Row>
          {system.annexIIIPoint !== null && <Row label="Annex III point">{fact('risk', system.annexIIIPoint)}</Row>}
          <Row label="Our role">{text('registered', system.role, system.role && titleOf(system.role))}</Row>
          <Row label="Owner">{text('registered', system.owner)}</Row>
          <Row label="Business unit">{text('registered', system.businessUnit)}</Row>
        </Rows>
        <Rows>
          <Row label="Rollout phase">{text('phase', system.phase, system.phase && titleOf(system.phase))}</Row>
          <Row label="Region">{text('registered', system.region)}</Row>
          <Row label="Service tier">{text('registered', system.serviceTier, system.serviceTier && titleOf(system.serviceTier))}</Row>
          <Row label="Registered">{fact('registered', <Instant at={system.registeredAt} />)}</Row>
          {system.retiredAt !== null && <Row label="Retired">{fact('retired', <Instant at={system.retiredAt} />)}</Row>}
          <Row label="Events">
            <RoomLink to="/events" search={`about:aisystem:${system.id}`}>
              {grouped(system.events)}
            </RoomLink>
          </Row>
          <Row label="Open issues">
            <Issues row={system} />
          </Row>
        </Rows>
      </Card>
    </Section>
  )
}

function Proven({ by, children }: { readonly by: string | undefined; readonly children: ReactNode }) {
  return by === undefined ? <span>{children}</span> : <EventOpen event={by}>{children}</EventOpen>
}
