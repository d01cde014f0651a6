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
import { choicesOf, SENSITIVITIES, titleOf } from '../things/vocabulary.ts'
import { Instant } from '../ui/instant.tsx'
import { type DatasetRow, datasetsQuery } from './datasets-documents.ts'

const KEYS: readonly FilterKey[] = [
  { key: 'sensitivity', title: 'Sensitivity', values: choicesOf(SENSITIVITIES) },
  { key: 'owner', title: 'Owner' },
  { key: 'region', title: 'Region' },
]

const columns: readonly RegisterColumn<DatasetRow>[] = [
  {
    id: 'name',
    title: 'Dataset',
    width: null,
    from: 'always',
    cell: ({ id, name }) => (
      <RoomLink to={`/datasets/${encodeURIComponent(id)}`} className="truncate font-medium hover:underline">
        {name ?? id}
      </RoomLink>
    ),
    text: ({ name, id }) => name ?? id,
  },
  {
    id: 'id',
    title: 'Id',
    width: 192,
    from: 'middle',
    cell: ({ id }) => <span className="font-mono text-xs">{id}</span>,
    text: ({ id }) => id,
  },
  {
    id: 'sensitivity',
    title: 'Sensitivity',
    width: 136,
    from: 'always',
    cell: ({ sensitivity }) => sensitivity && titleOf(sensitivity),
    text: ({ sensitivity }) => sensitivity ?? '',
  },
  { id: 'region', title: 'Region', width: 96, from: 'middle', cell: ({ region }) => region, text: ({ region }) => region ?? '' },
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
      <RoomLink to="/events" search={`about:dataset:${id}`}>
        {grouped(events)}
      </RoomLink>
    ),
    text: ({ events }) => String(events),
  },
]

/** The register of datasets. */
export function DatasetsPage() {
  const { viewer } = useSession()
  const view = useRegisterView({ name: 'datasets', columns, keys: KEYS })
  const { pages, all } = useRegister(datasetsQuery, { first: 100, filter: filterOf(view) }, ({ datasets }) => datasets)
  return (
    <RegisterPage
      title="Datasets"
      one="dataset"
      many="datasets"
      tabs={<RoomTabs label="Registers" tabs={REGISTER_TABS} />}
      columns={columns}
      view={view}
      pages={pages}
      all={all}
      target={({ id }) => ({ path: `/w/${viewer.workspace.id}/datasets/${encodeURIComponent(id)}` })}
      card={({ id, name, sensitivity, owner }) => (
        <>
          <h2 className="truncate text-sm font-medium">
            <RoomLink to={`/datasets/${encodeURIComponent(id)}`} className="after:absolute after:inset-0">
              {name ?? id}
            </RoomLink>
          </h2>
          <p className="mt-1 truncate text-xs text-ink-2">
            {sensitivity && titleOf(sensitivity)} {owner && `· ${owner}`}
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
    ...(values.sensitivity && { sensitivity: values.sensitivity }),
    ...(values.owner && { owner: values.owner }),
    ...(values.region && { region: values.region }),
  }
}
