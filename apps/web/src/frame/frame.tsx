import { getRouteApi, Outlet } from '@tanstack/react-router'
import { CircleUserRound, Search } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { Session } from '../session/session.ts'
import { SessionContext } from '../session/use-session.ts'
import { IconButton } from '../ui/button.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { onDemand } from '../ui/on-demand.tsx'
import { useCommands } from './commands.ts'
import { type Preferences, prefer } from './preferences.ts'
import { ProblemPage } from './problem-page.tsx'
import { Rail } from './rail.tsx'
import { Seal } from './seal.tsx'
import { onApple, useCommandKey, useShortcuts } from './shortcuts.ts'

const CommandPalette = lazy(() => import('./command-palette.tsx').then((module) => ({ default: module.CommandPalette })))
const ShortcutHelp = lazy(() => import('./shortcut-help.tsx').then((module) => ({ default: module.ShortcutHelp })))

const PersonMenu = onDemand(() => import('./person-menu.tsx').then((module) => module.PersonMenu), 'menu')

const route = getRouteApi('/w/$workspace')

export function WorkspacePage() {
  const opened = route.useLoaderData()
  const { workspace } = route.useParams()
  if (opened.status === 'failed') return <ProblemPage problem={opened.problem} workspace={workspace} />
  return <Frame session={opened.session} />
}

type Overlay = 'none' | 'palette' | 'help'

function Frame({ session }: { readonly session: Session }) {
  const [overlay, setOverlay] = useState<Overlay>('none')
  const { workspace } = session.viewer
  const only = (name: Overlay) => (open: boolean) => setOverlay(open ? name : 'none')

  useCommandKey('k', () => setOverlay(overlay === 'palette' ? 'none' : 'palette'))
  useShortcuts({ '?': () => setOverlay('help') })
  useCommands(() => [
    ...themeCommands,
    { id: 'keyboard help', group: 'Help', title: 'Keyboard shortcuts', keys: '?', run: () => setOverlay('help') },
  ])

  return (
    <SessionContext value={session}>
      <a
        href="#page"
        className="heard focus:not-heard focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-surface focus:px-3 focus:py-2 focus:text-sm focus:shadow-float"
      >
        Skip to the page
      </a>
      <div className="flex h-dvh max-sm:flex-col" data-print="flow">
        <Rail workspace={workspace.id} />
        <div className="flex min-h-0 min-w-0 flex-1 flex-col" data-print="flow">
          <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line px-4 sm:px-6" data-print="no">
            <div className="flex min-w-0 flex-1 items-baseline gap-2">
              <span className="truncate text-sm font-semibold">{workspace.name}</span>
              <span className="truncate text-xs text-ink-3 max-md:hidden">{workspace.region}</span>
            </div>
            <button
              type="button"
              onClick={() => setOverlay('palette')}
              className="flex h-8 items-center gap-2 rounded-md border border-line bg-surface px-2.5 text-sm text-ink-3 hover:bg-hover hover:text-ink md:w-72"
            >
              <Search aria-hidden className="size-4 shrink-0" />
              <span className="flex-1 text-left max-md:heard">Search and commands</span>
              <span aria-hidden className="flex gap-0.5 max-md:hidden">
                <Kbd>{onApple ? '⌘' : 'Ctrl'}</Kbd>
                <Kbd>K</Kbd>
              </span>
            </button>
            <div className="flex items-center justify-end gap-1 md:flex-1">
              <Seal />
              <PersonMenu
                viewer={session.viewer}
                onHelp={() => setOverlay('help')}
                trigger={
                  <IconButton label="You and settings">
                    <CircleUserRound aria-hidden />
                  </IconButton>
                }
              />
            </div>
          </header>
          <Outlet />
        </div>
      </div>
      <Suspense>
        {overlay === 'palette' && <CommandPalette open onOpenChange={only('palette')} />}
        {overlay === 'help' && <ShortcutHelp open onOpenChange={only('help')} />}
      </Suspense>
    </SessionContext>
  )
}

const themeCommands = (['light', 'dark', 'system'] as const satisfies readonly Preferences['theme'][]).map((theme) => ({
  id: `theme ${theme}`,
  group: 'Appearance',
  title: theme === 'system' ? 'Theme: as the system' : `Theme: ${theme}`,
  run: () => prefer({ theme }),
}))
