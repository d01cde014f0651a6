import { getRouteApi } from '@tanstack/react-router'
import { Suspense, use } from 'react'
import { ComparisonContext } from '../comparison/comparison.ts'
import { Page, WhatIsRead } from '../frame/page.tsx'
import { useReading } from '../reading/use-reading.ts'
import { NoSuchThing } from '../things/no-such-thing.tsx'
import { RoomLink } from '../things/thing-link.tsx'
import { Timeline } from '../things/timeline.tsx'
import { lazily } from '../ui/lazily.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Status } from '../ui/status.tsx'
import { SystemActions } from './system-actions.tsx'
import { SystemActivity } from './system-activity.tsx'
import { SystemFacts } from './system-facts.tsx'
import { SystemMatters } from './system-matters.tsx'
import { Dependencies, DeployedModels, Documents } from './system-parts.tsx'
import { type System, systemQuery } from './systems-documents.ts'

const route = getRouteApi('/w/$workspace/systems/$id')

const SystemComparison = lazily(() => import('./system-comparison.tsx').then((module) => module.SystemComparison))

export function SystemPage() {
  const { id } = route.useParams()
  if (use(ComparisonContext) === null) return <OneDate id={id} />
  return (
    <Suspense>
      <SystemComparison id={id} />
    </Suspense>
  )
}

function OneDate({ id }: { readonly id: string }) {
  const { reading, again } = useReading(systemQuery, { id })
  const system = reading.status === 'read' ? reading.data.system : null
  return (
    <Page
      title={system?.name ?? id}
      above={
        <>
          <RoomLink to="/systems">Systems</RoomLink>
          <span aria-hidden>/</span>
          <span className="font-mono">{id}</span>
        </>
      }
      beside={system?.retiredAt ? <Status tone="none" word="Retired" /> : undefined}
      actions={system ? <SystemActions system={system} /> : undefined}
    >
      <WhatIsRead reading={reading} again={again} what="The system" loading={<Skeleton lines={12} what="the system" />}>
        {(data) => (data.system === null ? <NoSuchThing what="system" list="/systems" /> : <SystemParts system={data.system} />)}
      </WhatIsRead>
    </Page>
  )
}

function SystemParts({ system }: { readonly system: System }) {
  const reference = `aisystem:${system.id}`
  return (
    <>
      <SystemFacts system={system} />
      <SystemMatters system={system.id} />
      <DeployedModels models={system.models} system={system.id} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6 lg:grid-cols-2">
        <Dependencies dependencies={system.dependencies} />
        <Documents documents={system.documents} />
      </div>
      <SystemActivity system={system.id} />
      <Timeline filter={{ about: [reference] }} search={`about:${reference}`} />
    </>
  )
}
