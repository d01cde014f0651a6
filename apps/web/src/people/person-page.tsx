import { getRouteApi } from '@tanstack/react-router'
import { Page, WhatIsRead } from '../frame/page.tsx'
import { useReading } from '../reading/use-reading.ts'
import { useSession } from '../session/use-session.ts'
import { NoSuchThing } from '../things/no-such-thing.tsx'
import { RoomLink } from '../things/thing-link.tsx'
import { Timeline } from '../things/timeline.tsx'
import { MonoId } from '../ui/copy.tsx'
import { Instant } from '../ui/instant.tsx'
import { Row, Rows } from '../ui/rows.tsx'
import { Card, Section } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import type { Person } from './people-page-documents.ts'
import { PersonActions } from './person-actions.tsx'
import { personQuery } from './person-documents.ts'
import { PersonMark } from './person-mark.tsx'
import { PersonRoles } from './person-roles-section.tsx'
import { SessionList } from './session-list.tsx'

const route = getRouteApi('/w/$workspace/people/$id')

export function PersonPage() {
  const { id } = route.useParams()
  const { reading, again } = useReading(personQuery, { id })
  const person = reading.status === 'read' ? reading.data.person : null
  return (
    <Page
      title={person?.name ?? id}
      above={
        <>
          <RoomLink to="/people">People</RoomLink>
          <span aria-hidden>/</span>
          <span className="font-mono">{id}</span>
        </>
      }
      beside={person && <PersonMark status={person.status} />}
      actions={person ? <PersonActions person={person} /> : undefined}
    >
      <WhatIsRead reading={reading} again={again} what="The person" loading={<Skeleton lines={10} what="the person" />}>
        {(data) => (data.person === null ? <NoSuchThing what="person" list="/people" /> : <PersonParts person={data.person} />)}
      </WhatIsRead>
    </Page>
  )
}

function PersonParts({ person }: { readonly person: Person }) {
  const { viewer } = useSession()
  const { id, status } = person
  const own = id === viewer.id
  const seesSessions = (own || viewer.roles.includes('ADMINISTRATOR')) && status !== 'INVITED'
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6 lg:grid-cols-2">
        <Facts person={person} />
        <PersonRoles person={person} />
      </div>
      {seesSessions && (
        <Section title="Sessions" note={own ? 'Wherever you are signed in.' : 'Begun in this workspace.'}>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
            <SessionList person={own ? null : id} />
          </div>
        </Section>
      )}
      <Timeline filter={{ stream: `person-${id}` }} search={`stream:person-${id}`} />
    </>
  )
}

function Facts({ person: { id, name, email, title, since, lastSignIn } }: { readonly person: Person }) {
  return (
    <Section title="Profile" note="Encrypted at rest, erasable.">
      <Card className="p-4">
        <Rows>
          <Row label="Name">{name ?? <Unset />}</Row>
          <Row label="E-mail">{email === null ? <Unset /> : <span className="[overflow-wrap:anywhere]">{email}</span>}</Row>
          <Row label="Title">{title ?? <Unset />}</Row>
          <Row label="Here since">
            <Instant at={since} />
          </Row>
          <Row label="Last sign-in">{lastSignIn === null ? <span className="text-ink-3">never</span> : <Instant at={lastSignIn} />}</Row>
          <Row label="Id">
            <MonoId text={id} what="id of the person" head={20} tail={6} />
          </Row>
          <Row label="Did">
            <RoomLink to="/events" search={`actor:${id}`}>
              All that they recorded
            </RoomLink>
          </Row>
        </Rows>
      </Card>
    </Section>
  )
}

function Unset() {
  return <span className="text-ink-3">not set, or erased</span>
}
