import { grouped } from '../format/numbers.ts'
import { RoomLink } from '../things/thing-link.tsx'
import { Row, Rows } from '../ui/rows.tsx'
import { Card, Section } from '../ui/section.tsx'
import { Issues } from './system-columns.tsx'
import { FactValue, NATURE, STANDING, type SystemFact } from './system-fact-list.tsx'
import type { System } from './systems-documents.ts'

/** What is known of the system; each fact opens the event that last set it. */
export function SystemFacts({ system }: { readonly system: System }) {
  const rows = (facts: readonly SystemFact[]) =>
    facts
      .filter(({ onlyIfRecorded, value }) => !onlyIfRecorded || value(system) !== null)
      .map((fact) => (
        <Row key={fact.label} label={fact.label}>
          <FactValue system={system} fact={fact} />
        </Row>
      ))
  return (
    <Section title="Facts" note="Each opens the event that says so">
      <Card className="grid gap-x-8 gap-y-4 p-4 lg:grid-cols-2">
        <Rows>{rows(NATURE)}</Rows>
        <Rows>
          {rows(STANDING)}
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
