import { getRouteApi, Outlet, useMatches, useNavigate } from '@tanstack/react-router'
import { ChevronsUpDown, CircleUserRound, Clock, Search } from 'lucide-react'
import { Fragment, Suspense, useMemo, useRef, useState } from 'react'
import { AsOfBand } from '../as-of/as-of-band.tsx'
import { AsOfControl } from '../as-of/as-of-control.tsx'
import { instantIn } from '../as-of/as-of-parameter.ts'
import { type Time, useAsOf } from '../as-of/use-as-of.ts'
import { ComparisonContext, comparisonOf } from '../comparison/comparison.ts'
import { DecisionHost } from '../decisions/decision-host.tsx'
import { may } from '../session/may.ts'
import { pastSession } from '../session/past-session.ts'
import type { Session } from '../session/session.ts'
import { SessionContext } from '../session/use-session.ts'
import { IconButton } from '../ui/button.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { lazily } from '../ui/lazily.tsx'
import { onDemand } from '../ui/on-demand.tsx'
import { useCommands } from './commands.ts'
import { LiveMark } from './live-mark.tsx'
import { PageDoor } from './page-drawer.tsx'
import { type Preferences, prefer } from './preferences.ts'
import { ProblemPage } from './problem-page.tsx'
import { Rail } from './rail.tsx'
import { comparesDates, FURTHER_PAGES, hasPast, roomsFor } from './rooms.ts'
import { Seal } from './seal.tsx'
import { onApple, useCommandKey, useShortcuts } from './shortcuts.ts'

const CommandPalette = lazily(() => import('./command-palette.tsx').then((module) => module.CommandPalette))
const OpenWorkspaceDialog = lazily(() => import('./open-workspace-dialog.tsx').then((module) => module.OpenWorkspaceDialog))
const ShortcutHelp = lazily(() => import('./shortcut-help.tsx').then((module) => module.ShortcutHelp))

const WorkspaceMenu = onDemand(() => import('./workspace-menu.tsx').then((module) => module.WorkspaceMenu), 'menu')
const PersonMenu = onDemand(() => import('./person-menu.tsx').then((module) => module.PersonMenu), 'menu')

const route = getRouteApi('/w/$workspace')

export function WorkspacePage() {
  const opened = route.useLoaderData()
  const { workspace } = route.useParams()
  if (opened.status === 'failed') return <ProblemPage problem={opened.problem} workspace={workspace} />
  return <Frame session={opened.session} />
}

type Overlay = 'none' | 'palette' | 'help' | 'open workspace'

function Frame({ session }: { readonly session: Session }) {
  const [overlay, setOverlay] = useState<Overlay>('none')
  const { workspace } = session.viewer
  const navigate = useNavigate()
  const time = useAsOf(session)
  const { present, asked, page, comparison, pageHasPast } = useSessions(session, time)
  const timeButton = useRef<HTMLButtonElement>(null)
  const only = (name: Overlay) => (open: boolean) => setOverlay(open ? name : 'none')

  useCommandKey('k', () => setOverlay(overlay === 'palette' ? 'none' : 'palette'))
  useShortcuts({ '?': () => setOverlay('help') })
  useCommands(() => [
    ...roomsFor(session.viewer).map(({ path, title, keywords }) => ({
      id: `room ${title}`,
      group: 'Go to',
      title,
      keywords: `page ${keywords ?? ''}`,
      run: () => void navigate({ to: `/w/${workspace.id}${path}` }),
    })),
    ...(may(session.viewer, 'read-the-record') ? FURTHER_PAGES : []).map(({ path, title }) => ({
      id: `page ${title}`,
      group: 'Go to',
      title,
      keywords: 'page list',
      run: () => void navigate({ to: `/w/${workspace.id}${path}` }),
    })),
    ...(may(session.viewer, 'open-workspaces') && !present.inPast
      ? [
          {
            id: 'open a workspace',
            group: 'Workspace',
            title: 'Open a workspace',
            keywords: 'new create',
            run: () => setOverlay('open workspace'),
          },
        ]
      : []),
    ...themeCommands,
    { id: 'keyboard help', group: 'Help', title: 'Keyboard shortcuts', keys: '?', run: () => setOverlay('help') },
  ])

  return (
    <SessionContext value={present}>
      <a
        href="#page"
        className="heard focus:not-heard focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-surface focus:px-3 focus:py-2 focus:text-sm focus:shadow-float"
      >
        Skip to the page
      </a>
      <div className="flex h-dvh max-sm:flex-col" data-print="flow">
        <Rail viewer={session.viewer} />
        <div className="flex min-h-0 min-w-0 flex-1 flex-col" data-print="flow">
          <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line px-4 sm:px-6" data-print="no">
            <div className="flex min-w-0 flex-1 items-center gap-2">
              <WorkspaceMenu
                onOpen={() => setOverlay('open workspace')}
                trigger={
                  <button
                    type="button"
                    className="-ml-2 inline-flex h-8 min-w-0 items-center gap-1 rounded-md px-2 text-sm font-semibold hover:bg-sunken data-[state=open]:bg-sunken"
                  >
                    <span className="truncate">{workspace.name}</span>
                    <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-ink-3" />
                    <span className="heard">Switch the workspace</span>
                  </button>
                }
              />
              <span className="truncate text-xs text-ink-3 max-lg:hidden">{workspace.region}</span>
              {workspace.simulatedClock && (
                <span
                  data-tip="The clock of this workspace is simulated: it holds a sample, and no time in it is evidence of anything."
                  className="inline-flex h-6 shrink-0 items-center self-center rounded-full bg-violet-soft px-2 text-xs font-medium text-violet"
                >
                  <Clock aria-hidden className="mr-1 size-3" />
                  Simulated<span className="max-xl:heard">&nbsp;clock</span>
                </span>
              )}
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
              {may(session.viewer, 'read-the-record') && <AsOfControl time={time} button={timeButton} />}
              <LiveMark quiet={page.asOf !== null} />
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
          <AsOfBand
            time={time}
            workspace={workspace.id}
            pageHasPast={pageHasPast}
            comparison={comparison}
            onBack={() => {
              time.back()
              timeButton.current?.focus()
            }}
            onEnd={() => {
              time.endComparison()
              timeButton.current?.focus()
            }}
          />
          {/* Another instant is another page: nothing that was opened or chosen in it goes along. */}
          <Fragment key={comparison === null ? page.asOf : `${comparison.earlier.asOf} ${comparison.later.asOf}`}>
            <SessionContext value={page}>
              <ComparisonContext value={comparison}>
                <PageDoor workspace={workspace.id}>
                  <DecisionHost>
                    <Outlet />
                  </DecisionHost>
                </PageDoor>
              </ComparisonContext>
            </SessionContext>
          </Fragment>
        </div>
      </div>
      <Suspense>
        {overlay === 'palette' && (
          <SessionContext value={asked}>
            <CommandPalette open onOpenChange={only('palette')} />
          </SessionContext>
        )}
        {overlay === 'open workspace' && <OpenWorkspaceDialog onClose={() => setOverlay('none')} />}
        {overlay === 'help' && <ShortcutHelp open onOpenChange={only('help')} />}
      </Suspense>
    </SessionContext>
  )
}

/** Of the frame, which is now; of what is asked for in the reader's time; of the page, which may have no past or may show two dates. */
function useSessions(session: Session, { asOf, with: other, compares }: Time) {
  // Of what is shown, and not of where the reader is going.
  const pathname = useMatches({ select: (matches) => matches.at(-1)?.pathname ?? '' })
  const { id } = session.viewer.workspace
  const instant = instantIn(asOf)
  const beside = instantIn(other)
  const away = instant !== null || compares
  const present = useMemo(() => (away ? { ...session, inPast: true } : session), [session, away])
  const asked = useMemo(() => (instant === null ? present : pastSession(session, instant)), [session, present, instant])
  const both = useMemo(() => (compares ? comparisonOf(session, instant, beside) : null), [session, compares, instant, beside])
  const comparison = comparesDates(id, pathname) ? both : null
  const pageHasPast = hasPast(id, pathname)
  // What was known on the earlier date was known on the later one too: events open there.
  return { present, asked: both?.later ?? asked, page: comparison?.later ?? (pageHasPast ? asked : present), comparison, pageHasPast }
}

const themeCommands = (['light', 'dark', 'system'] as const satisfies readonly Preferences['theme'][]).map((theme) => ({
  id: `theme ${theme}`,
  group: 'Appearance',
  title: theme === 'system' ? 'Theme: as the system' : `Theme: ${theme}`,
  run: () => prefer({ theme }),
}))
