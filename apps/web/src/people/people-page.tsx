import type { FilterKey } from '../register/filter-line.ts'
import type { RegisterColumn } from '../register/register.ts'
import { RegisterPage } from '../register/register-page.tsx'
import { useRegister } from '../register/use-register.ts'
import { type RegisterView, useRegisterView } from '../register/use-register-view.ts'
import { useSession } from '../session/use-session.ts'
import { RoomTabs } from '../things/room-tabs.tsx'
import { RoomLink } from '../things/thing-link.tsx'
import { Instant } from '../ui/instant.tsx'
import { Nothing } from '../ui/section.tsx'
import { InviteButton } from './invite-button.tsx'
import { type Person, peopleQuery } from './people-page-documents.ts'
import { PEOPLE_TABS } from './people-tabs.ts'
import { PersonMark } from './person-mark.tsx'
import { rolesInWords } from './person-roles.ts'

const KEYS: readonly FilterKey[] = [
  {
    key: 'status',
    title: 'Status',
    values: [
      { value: 'active', title: 'Active' },
      { value: 'invited', title: 'Invited' },
      { value: 'deactivated', title: 'Deactivated' },
    ],
  },
]

const columns: readonly RegisterColumn<Person>[] = [
  {
    id: 'name',
    title: 'Person',
    width: null,
    from: 'always',
    cell: (row) => (
      <RoomLink to={`/people/${row.id}`} className="font-medium hover:underline">
        {nameOf(row)}
      </RoomLink>
    ),
    text: nameOf,
  },
  { id: 'roles', title: 'Roles', width: 220, from: 'always', cell: (row) => rolesInWords(row), text: rolesInWords },
  {
    id: 'status',
    title: 'Status',
    width: 128,
    from: 'always',
    cell: ({ status }) => <PersonMark status={status} quiet />,
    text: ({ status }) => status,
  },
  { id: 'email', title: 'E-mail', width: 240, from: 'middle', cell: ({ email }) => email, text: ({ email }) => email ?? '' },
  {
    id: 'seen',
    title: 'Last sign-in',
    width: 168,
    from: 'middle',
    cell: ({ lastSignIn }) => (lastSignIn === null ? <span className="text-ink-3">never</span> : <Instant at={lastSignIn} />),
    text: ({ lastSignIn }) => lastSignIn ?? '',
  },
  { id: 'title', title: 'Title', width: 184, from: 'wide', cell: ({ title }) => title, text: ({ title }) => title ?? '' },
  {
    id: 'id',
    title: 'Id',
    width: 208,
    from: 'asked',
    cell: ({ id }) => <span className="font-mono text-xs">{id}</span>,
    text: ({ id }) => id,
  },
]

/** Who may do what in the workspace. */
export function PeoplePage() {
  const { viewer } = useSession()
  const administers = viewer.roles.includes('ADMINISTRATOR')
  const view = useRegisterView({ name: 'people', columns, keys: KEYS })
  const { pages, all } = useRegister(peopleQuery, { first: 100, ...filterOf(view) }, ({ people }) => people)
  return (
    <RegisterPage
      title="People"
      one="person"
      many="people"
      tabs={administers && <RoomTabs label="People and invitations" tabs={PEOPLE_TABS} />}
      actions={administers && <InviteButton />}
      columns={columns}
      view={view}
      pages={pages}
      all={all}
      target={({ id }) => ({ path: `/w/${viewer.workspace.id}/people/${id}` })}
      card={(row) => (
        <>
          <div className="flex items-center gap-2 text-sm">
            <h2 className="min-w-0 flex-1 truncate font-medium">
              <RoomLink to={`/people/${row.id}`} className="after:absolute after:inset-0">
                {nameOf(row)}
              </RoomLink>
            </h2>
            <PersonMark status={row.status} />
          </div>
          <p className="mt-1 truncate text-xs text-ink-2">{rolesInWords(row)}</p>
        </>
      )}
      empty={<Nothing title="Nobody is here yet." />}
    />
  )
}

function nameOf({ name, id }: Person): string {
  return name ?? id
}

function filterOf({ filter: { values, words } }: RegisterView) {
  return {
    ...(words !== '' && { search: words }),
    ...(values.status === 'active' && { status: 'ACTIVE' as const }),
    ...(values.status === 'invited' && { status: 'INVITED' as const }),
    ...(values.status === 'deactivated' && { status: 'DEACTIVATED' as const }),
  }
}
