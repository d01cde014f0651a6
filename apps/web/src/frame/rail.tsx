import { Link } from '@tanstack/react-router'
import { PanelLeftClose, PanelLeftOpen, ScrollText } from 'lucide-react'
import { IconButton } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { Mark } from '../ui/mark.tsx'
import { useMedia } from '../ui/use-media.ts'
import { prefer, usePreferences } from './preferences.ts'

const ROOMS = [{ to: '/w/$workspace/events', title: 'Audit trail', Icon: ScrollText }] as const

/** The rooms of the dashboard: a rail at the left, a bar at the bottom of a narrow screen. */
export function Rail({ workspace }: { readonly workspace: string }) {
  const wide = useMedia('(min-width: 1024px)')
  const { rail } = usePreferences()
  const open = wide && rail === 'open'
  return (
    <nav
      aria-label="Rooms"
      data-print="no"
      className={classes(
        'flex shrink-0 border-line bg-canvas max-sm:order-last max-sm:border-t max-sm:pb-[env(safe-area-inset-bottom)] sm:flex-col sm:border-r',
        open ? 'sm:w-52' : 'sm:w-13',
      )}
    >
      <div className="flex h-12 items-center gap-2.5 px-3.5 max-sm:hidden">
        <Mark className="size-6 shrink-0" />
        {open && <span className="text-base font-semibold tracking-tight">Annal</span>}
      </div>
      <ul className="flex flex-1 gap-0.5 px-2 py-1 max-sm:justify-center sm:flex-col">
        {ROOMS.map(({ to, title, Icon }) => (
          <li key={to}>
            <Link
              to={to}
              params={{ workspace }}
              data-tip={open ? undefined : title}
              className="flex h-8 items-center gap-2.5 rounded-md px-2.5 text-sm font-medium text-ink-2 hover:bg-sunken hover:text-ink max-sm:h-11 max-sm:flex-col max-sm:gap-0.5 max-sm:px-4 max-sm:text-2xs"
              activeProps={{ className: 'bg-sunken text-ink', 'aria-current': 'page' }}
              activeOptions={{ includeSearch: false }}
            >
              <Icon aria-hidden className="size-4 shrink-0 max-sm:size-5" />
              <span className={classes(!open && 'sm:heard')}>{title}</span>
            </Link>
          </li>
        ))}
      </ul>
      {wide && (
        <div className="p-2">
          <IconButton
            label={open ? 'Collapse the rail' : 'Expand the rail'}
            aria-expanded={open}
            onClick={() => prefer({ rail: open ? 'narrow' : 'open' })}
          >
            {open ? <PanelLeftClose aria-hidden /> : <PanelLeftOpen aria-hidden />}
          </IconButton>
        </div>
      )}
    </nav>
  )
}
