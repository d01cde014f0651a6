import { ArrowUp } from 'lucide-react'
import { grouped } from '../format/numbers.ts'
import { useTrail } from './trail-context.ts'

/** New events wait behind it until the reader asks for them. */
export function FreshPill({ onShow }: { readonly onShow: () => void }) {
  const { fresh } = useTrail().state
  const count = fresh.events.length
  return (
    <div aria-live="polite" className="pointer-events-none absolute inset-x-0 top-11 z-20 flex justify-center max-sm:top-2" data-print="no">
      {count > 0 && (
        <button
          type="button"
          onClick={onShow}
          data-tip="Show them  n"
          className="rise pointer-events-auto inline-flex h-7 items-center gap-1.5 rounded-full bg-accent pr-3 pl-2 text-xs font-medium text-on-accent shadow-float tabular hover:bg-accent-ink"
        >
          <ArrowUp aria-hidden className="size-3.5" />
          {grouped(count)}
          {fresh.overflow && '+'} new
        </button>
      )}
    </div>
  )
}
