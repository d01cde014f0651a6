import { useLocation } from '@tanstack/react-router'
import { useSession } from '../session/use-session.ts'
import { classes } from '../ui/classes.ts'
import { PathLink } from '../ui/path-link.tsx'

interface RoomTabsProps {
  readonly label: string
  readonly tabs: readonly { readonly path: string; readonly title: string }[]
}

/** Lists that stand in one room. */
export function RoomTabs({ label, tabs }: RoomTabsProps) {
  const { viewer } = useSession()
  const { pathname } = useLocation()
  return (
    <nav aria-label={label} className="-mx-1 flex gap-1" data-print="no">
      {tabs.map(({ path, title }) => {
        const full = `/w/${viewer.workspace.id}${path}`
        const here = pathname === full
        return (
          <PathLink
            key={path}
            path={full}
            aria-current={here ? 'page' : undefined}
            className={classes(
              'inline-flex h-8 items-center rounded-md px-2.5 text-sm font-medium hover:bg-sunken hover:text-ink',
              here ? 'bg-sunken text-ink' : 'text-ink-2',
            )}
          >
            {title}
          </PathLink>
        )
      })}
    </nav>
  )
}

export const REGISTER_TABS = [
  { path: '/systems', title: 'Systems' },
  { path: '/models', title: 'Models' },
  { path: '/datasets', title: 'Datasets' },
] as const

export const INCIDENT_TABS = [
  { path: '/incidents', title: 'Incidents' },
  { path: '/violations', title: 'Violations' },
] as const
