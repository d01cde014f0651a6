import { useLocation } from '@tanstack/react-router'
import { Ellipsis, PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import type { Viewer } from '../session/session-documents.ts'
import { IconButton } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { Mark } from '../ui/mark.tsx'
import { onDemand } from '../ui/on-demand.tsx'
import { PathLink } from '../ui/path-link.tsx'
import { useMedia } from '../ui/use-media.ts'
import { useRailOpen } from './page-width.ts'
import { prefer } from './preferences.ts'
import { isInRoom, type Room, roomsFor } from './rooms.ts'

const RoomsMenu = onDemand(() => import('./rooms-menu.tsx').then((module) => module.RoomsMenu), 'menu')
/** As many as fit side by side on a narrow screen, the last being the menu of the others. */
const IN_BAR = 5

/** The rooms of the dashboard: a rail at the left, a bar at the bottom of a narrow screen. */
export function Rail({ viewer }: { readonly viewer: Viewer }) {
  const wide = useMedia('(min-width: 1024px)')
  const bar = useMedia('(max-width: 639px)')
  const rooms = roomsFor(viewer)
  const open = useRailOpen()
  const shown = bar && rooms.length > IN_BAR ? rooms.slice(0, IN_BAR - 1) : rooms
  const others = rooms.slice(shown.length)
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
      <ul className="flex min-w-0 flex-1 gap-0.5 px-2 py-1 max-sm:px-1 sm:flex-col">
        {shown.map((room) => (
          <li key={room.path} className="min-w-0 max-sm:flex-1">
            <RoomLink room={room} workspace={viewer.workspace.id} open={open} />
          </li>
        ))}
        {others.length > 0 && (
          <li className="min-w-0 flex-1">
            <RoomsMenu
              rooms={others}
              workspace={viewer.workspace.id}
              trigger={
                <button type="button" className={`${ROOM} w-full`}>
                  <Ellipsis aria-hidden className="size-5" />
                  More
                </button>
              }
            />
          </li>
        )}
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

const ROOM =
  'flex h-8 items-center gap-2.5 rounded-md px-2.5 text-sm font-medium text-ink-2 hover:bg-sunken hover:text-ink max-sm:h-12 max-sm:flex-col max-sm:justify-center max-sm:gap-0.5 max-sm:px-0.5 max-sm:text-2xs'

function RoomLink({ room, workspace, open }: { readonly room: Room; readonly workspace: string; readonly open: boolean }) {
  const { pathname } = useLocation()
  const { Icon, title, path } = room
  const here = isInRoom(room, workspace, pathname)
  return (
    <PathLink
      path={`/w/${workspace}${path}`}
      data-tip={open ? undefined : title}
      aria-current={here ? 'page' : undefined}
      className={classes(ROOM, here && 'bg-sunken text-ink')}
    >
      <Icon aria-hidden className="size-4 shrink-0 max-sm:size-5" />
      <span className={classes('max-w-full truncate', !open && 'sm:heard')}>{title}</span>
    </PathLink>
  )
}
