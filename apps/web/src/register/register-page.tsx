import { useNavigate } from '@tanstack/react-router'
import { Download, SlidersHorizontal } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { countOf } from '../format/numbers.ts'
import { useCommands } from '../frame/commands.ts'
import { Behind, ReadProblem } from '../frame/page.tsx'
import { PageFoot } from '../frame/page-foot.tsx'
import { useShortcuts } from '../frame/shortcuts.ts'
import { useTitle } from '../frame/use-title.ts'
import { useSession } from '../session/use-session.ts'
import { Button } from '../ui/button.tsx'
import { onDemand } from '../ui/on-demand.tsx'
import { FilterBar } from './filter-bar.tsx'
import type { RegisterColumn, RegisterList, RegisterRows } from './register.ts'
import { RegisterCards } from './register-cards.tsx'
import { RegisterSelection } from './register-selection.tsx'
import { RegisterSkeleton } from './register-skeleton.tsx'
import { RegisterTable } from './register-table.tsx'
import type { RegisterView } from './use-register-view.ts'

const ExportMenu = onDemand(() => import('./export-menu.tsx').then((module) => module.ExportMenu), 'menu')
const ViewMenu = onDemand(() => import('./view-menu.tsx').then((module) => module.ViewMenu), 'menu')

interface RegisterPageProps<Row extends { readonly id: string }> {
  readonly title: string
  /** "system", "systems". */
  readonly one: string
  readonly many: string
  readonly tabs?: ReactNode
  readonly actions?: ReactNode
  readonly columns: readonly RegisterColumn<Row>[]
  readonly view: RegisterView
  readonly pages: RegisterRows<Row>
  /** Where a row leads: a path, or the event beside the list. */
  readonly target: (row: Row) => { readonly path: string; readonly search?: Readonly<Record<string, string>> } | { readonly event: string }
  readonly card: (row: Row) => ReactNode
  /** What stands where nothing was ever recorded. */
  readonly empty: ReactNode
  /** Reads everything that matches the filter. */
  readonly all: () => Promise<readonly Row[]>
}

/** A list of things: filtered, sorted and stepped through, with its state in the URL. */
export function RegisterPage<Row extends { readonly id: string }>(props: RegisterPageProps<Row>) {
  const { title, columns, view, pages, target, all } = props
  const field = useRef<HTMLInputElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const navigate = useNavigate()
  const { asOf } = useSession()
  const [activeId, setActiveId] = useState<string | null>(null)
  const { selected, toggle, clear } = useSelection(view.line)
  useTitle(title)

  const open = (row: Row) => {
    const to = target(row)
    if ('path' in to) void navigate({ to: to.path, search: to.search ?? {} })
    else void navigate({ to: '.', search: (search) => ({ ...search, event: to.event }) })
  }
  const openActive = () => {
    const row = pages.rows.find(({ id }) => id === activeId)
    if (row) open(row)
  }
  const move = (step: number) => {
    const at = pages.rows.findIndex(({ id }) => id === activeId)
    const next = pages.rows[Math.min(Math.max(at + step, 0), pages.rows.length - 1)]
    if (next) setActiveId(next.id)
  }

  useShortcuts({
    '/': () => field.current?.focus(),
    j: () => move(1),
    k: () => move(-1),
    x: () => activeId !== null && toggle(activeId),
    Enter: openActive,
    Escape: clear,
  })
  useCommands(() => [
    { id: 'focus filter', group: title, title: 'Edit the filter', keys: '/', run: () => field.current?.focus() },
    ...(view.line === '' ? [] : [{ id: 'clear filter', group: title, title: 'Clear the filter', run: () => view.setLine('') }]),
    { id: 'print', group: title, title: 'Print', run: () => print() },
  ])

  const chosen = useMemo(() => pages.rows.filter(({ id }) => selected.has(id)), [pages.rows, selected])
  const list = { rows: pages.rows, frame, activeId, selected, open, activate: setActiveId, toggle }
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = STEPS[event.key]
    if (step === undefined || !(event.target instanceof HTMLElement) || !event.target.closest('[data-row]')) return
    event.preventDefault()
    move(step)
  }

  return (
    <main id="page" className="relative flex min-h-0 min-w-0 flex-1 flex-col" data-print="flow">
      <div className="grid shrink-0 gap-2.5 px-4 pt-4 pb-3 sm:px-6">
        <div className="flex min-h-8 flex-wrap items-center gap-2">
          <div className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2.5">
            <h1 className="text-lg font-semibold tracking-tight">{title}</h1>
            {pages.count !== null && view.filter.problems.length === 0 && (
              <span className="appear truncate text-sm text-ink-3 tabular" data-testid="count">
                {countOf(pages.count.value, pages.count.exact, props.one, props.many)}
              </span>
            )}
          </div>
          <div className="flex items-center gap-2" data-print="no">
            {props.actions}
            <ExportMenu
              columns={columns}
              all={all}
              name={asOf === null ? props.many : `${props.many}-as-of-${asOf.slice(0, 10)}`}
              trigger={
                <Button icon={<Download aria-hidden />} aria-label="Export">
                  <span className="max-md:hidden">Export</span>
                </Button>
              }
            />
            <ViewMenu
              view={view}
              columns={columns}
              trigger={
                <Button icon={<SlidersHorizontal aria-hidden />} aria-label="View">
                  <span className="max-md:hidden">View</span>
                </Button>
              }
            />
          </div>
        </div>
        {props.tabs}
        <FilterBar field={field} view={view} many={props.many} />
      </div>
      <div className="relative flex min-h-0 flex-1 flex-col border-t border-line" data-print="flow">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the rows within. */}
        <div ref={frame} className="min-h-0 flex-1 overflow-auto overscroll-contain" data-print="flow" onKeyDown={onKeyDown}>
          <List {...props} list={list} />
          <PageFoot scope={view.line === '' ? title : `${title}: ${view.line}`} />
        </div>
        <RegisterSelection rows={chosen} columns={columns} onClear={clear} />
      </div>
    </main>
  )
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: Number.NEGATIVE_INFINITY, End: Number.POSITIVE_INFINITY }

function List<Row extends { readonly id: string }>(props: RegisterPageProps<Row> & { readonly list: RegisterList<Row> }) {
  const { pages, view, columns, title, many, list } = props
  if (view.filter.problems.length > 0) return <NothingAsked many={many} onClear={() => view.setLine('')} />
  switch (pages.status) {
    case 'loading':
      return <RegisterSkeleton view={view} what={many} />
    case 'failed':
      return <div className="px-4 sm:px-6">{pages.problem && <ReadProblem problem={pages.problem} what={title} again={pages.again} />}</div>
    case 'read':
      if (pages.rows.length === 0) return view.line === '' ? props.empty : <NothingMatches many={many} onClear={() => view.setLine('')} />
      return (
        <>
          {pages.problem !== null && pages.next !== 'failed' && <Behind problem={pages.problem} again={pages.again} />}
          {view.cards ? (
            <RegisterCards list={list} pages={pages} card={props.card} label={title} />
          ) : (
            <RegisterTable list={list} pages={pages} view={view} columns={columns} label={title} />
          )}
        </>
      )
  }
}

function NothingMatches({ many, onClear }: { readonly many: string; readonly onClear: () => void }) {
  return (
    <div className="mx-auto w-full max-w-xl px-4 py-12 sm:px-6">
      <h2 className="text-lg font-semibold tracking-tight">Nothing matches</h2>
      <p className="mt-1 text-ink-2">None of the {many} fulfils all conditions of the filter.</p>
      <Button className="mt-4" onClick={onClear}>
        Clear the filter
      </Button>
    </div>
  )
}

function NothingAsked({ many, onClear }: { readonly many: string; readonly onClear: () => void }) {
  return (
    <div className="mx-auto w-full max-w-xl px-4 py-12 sm:px-6">
      <h2 className="text-lg font-semibold tracking-tight">The filter can’t be read</h2>
      <p className="mt-1 text-ink-2">No {many} are shown until it can, so that nothing here is mistaken for its result.</p>
      <Button className="mt-4" onClick={onClear}>
        Clear the filter
      </Button>
    </div>
  )
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
