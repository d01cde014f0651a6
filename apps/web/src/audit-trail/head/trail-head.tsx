import { Download, SlidersHorizontal } from 'lucide-react'
import type { RefObject } from 'react'
import { countOf } from '../../format/numbers.ts'
import { Button } from '../../ui/button.tsx'
import { onDemand } from '../../ui/on-demand.tsx'
import { FilterChips } from '../filter-bar/filter-chips.tsx'
import { FilterField } from '../filter-bar/filter-field.tsx'
import { useTrail } from '../trail-context.ts'
import type { TrailView } from '../use-trail-view.ts'
import { TailControl } from './tail-control.tsx'

const ExportMenu = onDemand(() => import('./export-menu.tsx').then((module) => module.ExportMenu), 'menu')
const ViewMenu = onDemand(() => import('./view-menu.tsx').then((module) => module.ViewMenu), 'menu')

export function TrailHead({ field, view }: { readonly field: RefObject<HTMLInputElement | null>; readonly view: TrailView }) {
  const { problems } = useTrail()
  return (
    <div className="grid shrink-0 gap-2.5 px-4 pt-4 pb-3 sm:px-6" data-print="no">
      <div className="flex min-h-8 items-center gap-2 max-[360px]:flex-wrap">
        <div className="flex min-w-0 flex-1 items-baseline gap-2.5 max-[360px]:basis-full">
          <h1 className="truncate text-lg font-semibold tracking-tight">Audit trail</h1>
          <Count />
        </div>
        <div className="flex items-center gap-2">
          <TailControl />
          <ExportMenu
            trigger={
              <Button icon={<Download aria-hidden />} disabled={problems.length > 0} aria-label="Export">
                <span className="max-md:hidden">Export</span>
              </Button>
            }
          />
          <ViewMenu
            view={view}
            trigger={
              <Button icon={<SlidersHorizontal aria-hidden />} aria-label="View">
                <span className="max-md:hidden">View</span>
              </Button>
            }
          />
        </div>
      </div>
      <FilterField field={field} />
      <FilterChips />
    </div>
  )
}

function Count() {
  const { state, problems } = useTrail()
  if (problems.length > 0 || state.count.status !== 'counted') return null
  return (
    <span className="appear truncate text-sm text-ink-3 tabular" data-testid="count">
      {countOf(state.count.value, state.count.exact, 'event', 'events')}
    </span>
  )
}
