import { Outlet } from '@tanstack/react-router'
import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { countOf, grouped } from '../format/numbers.ts'
import { useShortcuts } from '../frame/shortcuts.ts'
import { useTitle } from '../frame/use-title.ts'
import { useSession } from '../session/use-session.ts'
import { lazily } from '../ui/lazily.tsx'
import { type EventDoor, EventDoorContext } from './event-door.ts'
import type { NextPage } from './feed/trail-state.ts'
import { FreshPill } from './fresh-pill.tsx'
import { LostBand } from './head/tail-control.tsx'
import { TrailHead } from './head/trail-head.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { splitStream } from './table/local-stream.ts'
import { TrailCards } from './table/trail-cards.tsx'
import { type TrailListProps, TrailTable } from './table/trail-table.tsx'
import { type Trail, TrailContext } from './trail-context.ts'
import type { TrailEvent } from './trail-documents.ts'
import { NothingAsked, NothingMatches, TrailProblem } from './trail-notices.tsx'
import { TrailSkeleton } from './trail-skeleton.tsx'
import { useTrailCommands } from './use-trail-commands.ts'
import { useTrailOfUrl } from './use-trail-of-url.ts'
import { type TrailView, useTrailView } from './use-trail-view.ts'

const FirstStep = lazily(() => import('./first-step.tsx').then((module) => module.FirstStep))
const NO_EVENTS: readonly TrailEvent[] = []

export function TrailPage() {
  const trail = useTrailOfUrl()
  const view = useTrailView()
  const field = useRef<HTMLInputElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const events = trail.state.list.status === 'loaded' ? trail.state.list.events : NO_EVENTS
  const { activeId, setActiveId, move } = useActive(trail, events)
  const { selected, toggle, clear } = useSelection(trail.line)

  const showFresh = () => {
    trail.feed?.showFresh()
    frame.current?.scrollTo({ top: 0 })
  }
  const { open } = trail
  const actions = useMemo(() => ({ open, activate: setActiveId, toggle }), [open, setActiveId, toggle])

  useShortcuts({
    '/': () => field.current?.focus(),
    j: () => move(1),
    k: () => move(-1),
    x: () => activeId !== null && toggle(activeId),
    n: showFresh,
    Enter: () => activeId !== null && open(activeId),
    Escape: clear,
  })
  useTrailCommands(trail, { focusFilter: () => field.current?.focus() })
  useTitle('Audit trail')
  const door = useMemo(() => doorOf(trail, events), [trail, events])

  const chosen = useMemo(() => events.filter((event) => selected.has(event.id)), [events, selected])
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = STEPS[event.key]
    if (step === undefined || !(event.target instanceof HTMLElement) || !event.target.closest('[data-event]')) return
    event.preventDefault()
    move(step)
  }

  return (
    <TrailContext value={trail}>
      <EventDoorContext value={door}>
        <main id="page" className="relative flex min-h-0 min-w-0 flex-1 flex-col" data-print="flow">
          <PrintHead trail={trail} />
          <TrailHead field={field} view={view} />
          <div className="relative flex min-h-0 flex-1 flex-col border-t border-line" data-print="flow">
            <LostBand />
            <FreshPill onShow={showFresh} />
            {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the rows within. */}
            <div ref={frame} className="min-h-0 flex-1 overflow-auto overscroll-contain" data-print="flow" onKeyDown={onKeyDown}>
              <Events view={view} trail={trail} list={{ events, frame, activeId, selected, actions }} />
            </div>
            <SelectionBar events={chosen} onClear={clear} />
          </div>
        </main>
        <Outlet />
      </EventDoorContext>
    </TrailContext>
  )
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: Number.NEGATIVE_INFINITY, End: Number.POSITIVE_INFINITY }

function Events({ view, trail, list }: { readonly view: TrailView; readonly trail: Trail; readonly list: TrailListProps }) {
  const { state, problems, terms } = trail
  if (problems.length > 0) return <NothingAsked />
  switch (state.list.status) {
    case 'loading':
      return <TrailSkeleton view={view} />
    case 'failed':
      return <TrailProblem problem={state.list.problem} />
    case 'loaded':
      if (list.events.length === 0 && terms.length > 0) return <NothingMatches />
      return (
        <>
          {list.events.length > 0 &&
            (view.cards ? <TrailCards {...list} /> : <TrailTable {...list} shown={view.shown} dense={view.dense} />)}
          {terms.length === 0 && isOnlyHousekeeping(list.events, state.list.next) && (
            <Suspense>
              <FirstStep />
            </Suspense>
          )}
        </>
      )
  }
}

const HOUSEKEEPING = ['person', 'workspace']

/** True for a record that knows of people, roles and keys but of no AI system: nobody has emitted an event yet. */
function isOnlyHousekeeping(events: readonly TrailEvent[], next: NextPage): boolean {
  return next.status === 'end' && events.every(({ stream }) => HOUSEKEEPING.includes(splitStream(stream)[0]))
}

/** The event that the keys act on: the open one, else the last one pointed at or stepped to. */
function useActive(trail: Trail, events: readonly TrailEvent[]) {
  const [pointed, setActiveId] = useState<string | null>(null)
  const activeId = trail.openId ?? pointed

  // Closing the drawer leaves the reader at the event that was open.
  useEffect(() => {
    if (trail.openId !== null) setActiveId(trail.openId)
  }, [trail.openId])

  function move(step: number): void {
    const at = events.findIndex((event) => event.id === activeId)
    const next = events[Math.min(Math.max(at + step, 0), events.length - 1)]
    if (!next) return
    setActiveId(next.id)
    if (trail.openId !== null) trail.open(next.id)
  }

  return { activeId, setActiveId, move }
}

function useSelection(line: string) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const clear = useCallback(() => setSelected(new Set()), [])
  // Another filter is another list.
  useEffect(clear, [line])
  const toggle = useCallback((id: string) => {
    setSelected((before) => (before.has(id) ? new Set([...before].filter((other) => other !== id)) : new Set([...before, id])))
  }, [])
  return { selected, toggle, clear }
}

function doorOf(trail: Trail, events: readonly TrailEvent[]): EventDoor {
  const { workspace, openId, line, open, close, addTerm, setTerms } = trail
  return { workspace, openId, events, scope: line, onTrail: true, open, close, addTerm, setTerms }
}

/** What a printed page begins with: whose record, and which events. */
function PrintHead({ trail }: { readonly trail: Trail }) {
  const { viewer } = useSession()
  const { count, list } = trail.state
  const cut = list.status === 'loaded' && list.next.status !== 'end'
  return (
    <header className="only-print pb-2">
      <h1 className="text-lg font-semibold">Audit trail of {viewer.workspace.name}</h1>
      <p>
        {trail.line === '' ? 'All events' : `Filter: ${trail.line}`}
        {cut && ` · the first ${grouped(list.events.length)} of them`}
        {count.status === 'counted' && ` · ${countOf(count.value, count.exact, 'event', 'events')}${cut ? ' in all' : ''}`} ·{' '}
        {trail.order === 'NEWEST_FIRST' ? 'newest first' : 'oldest first'}
      </p>
    </header>
  )
}
