import { FirstStep } from '../audit-trail/first-step.tsx'
import { grouped } from '../format/numbers.ts'
import type { FilterKey } from '../register/filter-line.ts'
import type { RegisterColumn } from '../register/register.ts'
import { RegisterPage } from '../register/register-page.tsx'
import { useRegister } from '../register/use-register.ts'
import { type RegisterView, useRegisterView } from '../register/use-register-view.ts'
import { useSession } from '../session/use-session.ts'
import { REGISTER_TABS, RoomTabs } from '../things/room-tabs.tsx'
import { RoomLink } from '../things/thing-link.tsx'
import { choicesOf, STAGES } from '../things/vocabulary.ts'
import { Instant } from '../ui/instant.tsx'
import { Status } from '../ui/status.tsx'
import { type ModelRow, modelsQuery } from './models-documents.ts'

const KEYS: readonly FilterKey[] = [
  { key: 'task', title: 'Task' },
  { key: 'stage', title: 'Stage', values: choicesOf(STAGES) },
  { key: 'system', title: 'System' },
  { key: 'owner', title: 'Owner' },
  { key: 'drift', title: 'Drift', values: [{ value: 'open', title: 'Open alerts' }] },
  {
    key: 'state',
    title: 'State',
    values: [
      { value: 'active', title: 'In use' },
      { value: 'retired', title: 'Retired' },
    ],
  },
]

const columns: readonly RegisterColumn<ModelRow>[] = [
  { id: 'name', title: 'Model', width: null, from: 'always', cell: (row) => <ModelName row={row} />, text: ({ name, id }) => name ?? id },
  {
    id: 'id',
    title: 'Id',
    width: 168,
    from: 'middle',
    cell: ({ id }) => <span className="font-mono text-xs">{id}</span>,
    text: ({ id }) => id,
  },
  { id: 'task', title: 'Task', width: 176, from: 'middle', cell: ({ task }) => task, text: ({ task }) => task ?? '' },
  {
    id: 'drift',
    title: 'Drift',
    width: 128,
    from: 'always',
    cell: (row) => <Drift row={row} />,
    text: ({ openDrift }) => String(openDrift),
  },
  { id: 'owner', title: 'Owner', width: 176, from: 'wide', cell: ({ owner }) => owner, text: ({ owner }) => owner ?? '' },
  {
    id: 'last',
    title: 'Last event',
    width: 168,
    from: 'middle',
    cell: ({ lastEventAt }) => lastEventAt && <Instant at={lastEventAt} />,
    text: ({ lastEventAt }) => lastEventAt ?? '',
  },
  {
    id: 'registered',
    title: 'Registered',
    width: 168,
    from: 'asked',
    cell: ({ registeredAt }) => <Instant at={registeredAt} />,
    text: ({ registeredAt }) => registeredAt,
  },
  {
    id: 'events',
    title: 'Events',
    width: 88,
    from: 'asked',
    align: 'right',
    cell: ({ id, events }) => (
      <RoomLink to="/events" search={`about:model:${id}`}>
        {grouped(events)}
      </RoomLink>
    ),
    text: ({ events }) => String(events),
  },
]

/** The register of models. */
export function ModelsPage() {
  const { viewer } = useSession()
  const view = useRegisterView({ name: 'models', columns, keys: KEYS })
  const { pages, all } = useRegister(modelsQuery, { first: 100, filter: filterOf(view) }, ({ models }) => models)
  return (
    <RegisterPage
      title="Models"
      one="model"
      many="models"
      tabs={<RoomTabs label="Registers" tabs={REGISTER_TABS} />}
      columns={columns}
      view={view}
      pages={pages}
      all={all}
      target={({ id }) => ({ path: `/w/${viewer.workspace.id}/models/${encodeURIComponent(id)}` })}
      card={(row) => (
        <>
          <h2 className="text-sm">
            <ModelName row={row} />
          </h2>
          <p className="mt-1 flex flex-wrap gap-x-3 text-xs text-ink-2">
            <Drift row={row} />
            {row.task}
          </p>
        </>
      )}
      empty={<FirstStep />}
    />
  )
}

function filterOf({ filter: { values, words } }: RegisterView) {
  return {
    ...(words !== '' && { search: words }),
    ...(values.task && { task: values.task }),
    ...(values.stage && { stage: values.stage }),
    ...(values.system && { system: values.system }),
    ...(values.owner && { owner: values.owner }),
    ...(values.drift && { hasDrift: true }),
    ...(values.state && { retired: values.state === 'retired' }),
  }
}

function ModelName({ row }: { readonly row: ModelRow }) {
  return (
    <span className="flex items-center gap-2">
      <RoomLink
        to={`/models/${encodeURIComponent(row.id)}`}
        className="truncate font-medium hover:underline max-sm:after:absolute max-sm:after:inset-0"
      >
        {row.name ?? row.id}
      </RoomLink>
      {row.retiredAt !== null && <Status tone="none" word="Retired" quiet />}
    </span>
  )
}

function Drift({ row: { id, openDrift } }: { readonly row: ModelRow }) {
  if (openDrift === 0) return <span className="text-xs text-ink-3">No drift</span>
  return (
    <RoomLink to="/events" search={`about:model:${id} type:DriftDetected`} className="relative rounded hover:underline">
      <Status tone="stale" word={`${grouped(openDrift)} open`} quiet />
    </RoomLink>
  )
}
