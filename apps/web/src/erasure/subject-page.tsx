import { getRouteApi } from '@tanstack/react-router'
import { countOf } from '../format/numbers.ts'
import { Page, WhatIsRead } from '../frame/page.tsx'
import { useReading } from '../reading/use-reading.ts'
import { NoSuchThing } from '../things/no-such-thing.tsx'
import { RoomLink } from '../things/thing-link.tsx'
import { Timeline } from '../things/timeline.tsx'
import { Instant } from '../ui/instant.tsx'
import { Row, Rows } from '../ui/rows.tsx'
import { Card, Section } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { type Subject, subjectQuery } from './erasure-documents.ts'
import { ErasureMark } from './erasure-mark.tsx'
import { PackHolders } from './pack-holders.tsx'
import { SubjectActions } from './subject-actions.tsx'

const route = getRouteApi('/w/$workspace/data-subjects/$id')

/** What is held about a data subject, without its content, and what can be decided about it. */
export function SubjectPage() {
  const { id } = route.useParams()
  const { reading, again } = useReading(subjectQuery, { id })
  const subject = reading.status === 'read' ? reading.data.dataSubject : null
  return (
    <Page
      title={id}
      above={<RoomLink to="/data-subjects">Data subjects</RoomLink>}
      beside={subject && <ErasureMark status={subject.status} />}
      actions={subject ? <SubjectActions subject={subject} /> : undefined}
    >
      <WhatIsRead reading={reading} again={again} what="The data subject" loading={<Skeleton lines={8} what="the data subject" />}>
        {(data) =>
          data.dataSubject === null ? (
            <NoSuchThing what="data subject" list="/data-subjects" />
          ) : (
            <SubjectParts subject={data.dataSubject} />
          )
        }
      </WhatIsRead>
    </Page>
  )
}

function SubjectParts({ subject: { id, events, erasedAt, holds, packsHeldBy } }: { readonly subject: Subject }) {
  return (
    <>
      <Section title="What is held">
        <Card className="p-4">
          <Rows>
            <Row label="Events">
              <RoomLink to="/events" search={id} tip="The events that name it">
                {countOf(events.value, events.exact, 'event', 'events')}
              </RoomLink>
            </Row>
            <Row label="Erased">{erasedAt === null ? 'no' : <Instant at={erasedAt} />}</Row>
            <Row label="Legal holds">
              {holds.length === 0 ? (
                'none: an erasure is not forbidden'
              ) : (
                <span className="flex flex-wrap gap-x-3">
                  {holds.map((hold) => (
                    <RoomLink key={hold} to="/legal-holds">
                      {hold}
                    </RoomLink>
                  ))}
                </span>
              )}
            </Row>
          </Rows>
        </Card>
      </Section>
      <Section title="Who holds packs" note="Packs can’t be called back: each recipient is told of an erasure (Art. 19 GDPR).">
        <Card>
          <PackHolders holders={packsHeldBy} />
        </Card>
      </Section>
      <Timeline filter={{ stream: `subject-${id}` }} search={`stream:subject-${id}`} />
    </>
  )
}
