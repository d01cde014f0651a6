import { getRouteApi } from '@tanstack/react-router'
import { requestDecision } from '../decisions/approval-decisions.ts'
import { DecisionButton } from '../decisions/decision-button.tsx'
import { retireDecision } from '../decisions/other-decisions.ts'
import { grouped } from '../format/numbers.ts'
import { Page, WhatIsRead } from '../frame/page.tsx'
import { useReading } from '../reading/use-reading.ts'
import { may } from '../session/may.ts'
import { useSession } from '../session/use-session.ts'
import { DeployedModels } from '../systems/system-parts.tsx'
import { NoSuchThing } from '../things/no-such-thing.tsx'
import { RoomLink } from '../things/thing-link.tsx'
import { Timeline } from '../things/timeline.tsx'
import { Instant } from '../ui/instant.tsx'
import { Row, Rows } from '../ui/rows.tsx'
import { Card, Section } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Status } from '../ui/status.tsx'
import { DriftEvents } from './drift-events.tsx'
import { ModelVersions } from './model-versions.tsx'
import { type Model, modelQuery } from './models-documents.ts'

const route = getRouteApi('/w/$workspace/models/$id')

export function ModelPage() {
  const { id } = route.useParams()
  const { reading, again } = useReading(modelQuery, { id })
  const model = reading.status === 'read' ? reading.data.model : null
  return (
    <Page
      title={model?.name ?? id}
      above={
        <>
          <RoomLink to="/models">Models</RoomLink>
          <span aria-hidden>/</span>
          <span className="font-mono">{id}</span>
        </>
      }
      beside={model && <ModelState model={model} />}
      actions={model ? <ModelActions model={model} /> : undefined}
    >
      <WhatIsRead reading={reading} again={again} what="The model" loading={<Skeleton lines={12} what="the model" />}>
        {(data) => (data.model === null ? <NoSuchThing what="model" list="/models" /> : <ModelParts model={data.model} />)}
      </WhatIsRead>
    </Page>
  )
}

function ModelState({ model: { retiredAt, openDrift } }: { readonly model: Model }) {
  if (retiredAt !== null) return <Status tone="none" word="Retired" />
  return openDrift > 0 ? <Status tone="stale" word={`${openDrift} drift ${openDrift === 1 ? 'alert' : 'alerts'} open`} /> : null
}

function ModelActions({ model }: { readonly model: Model }) {
  const { viewer, now } = useSession()
  const newest = model.versions.edges[0]?.node.version
  return (
    <>
      {may(viewer, 'approvals') && newest !== undefined && model.retiredAt === null && (
        <DecisionButton decision={() => requestDecision({ subject: `model:${model.id}@${newest}`, systems: [], now: now() })}>
          Request approval
        </DecisionButton>
      )}
      {may(viewer, 'retire') && model.retiredAt === null && (
        <DecisionButton look="quiet" decision={() => retireDecision('model', model.id)}>
          Retire
        </DecisionButton>
      )}
    </>
  )
}

function ModelParts({ model }: { readonly model: Model }) {
  const about = `model:${model.id}`
  const search = `about:${about}`
  return (
    <>
      <Section title="Facts">
        <Card className="p-4">
          <Rows>
            <Row label="Task">{model.task ?? '–'}</Row>
            <Row label="Owner">{model.owner ?? '–'}</Row>
            <Row label="Registered">
              <RoomLink to="/events" search={`${search} type:ModelRegistered`} tip="The event that says so">
                <Instant at={model.registeredAt} />
              </RoomLink>
            </Row>
            <Row label="Events">
              <RoomLink to="/events" search={search}>
                {grouped(model.events)}
              </RoomLink>
            </Row>
          </Rows>
        </Card>
      </Section>
      <ModelVersions model={model} />
      <DeployedModels models={model.deployments} />
      <DriftEvents model={model.id} />
      <Timeline filter={{ about: [about] }} search={search} />
    </>
  )
}
