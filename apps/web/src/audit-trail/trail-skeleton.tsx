import type { TrailView } from './use-trail-view.ts'

const ROWS = Array.from({ length: 24 }, (_, n) => n)
const WIDTHS = ['w-3/5', 'w-4/5', 'w-2/5', 'w-3/4', 'w-1/2']

/** Rows to come, of the height of rows. Waits a moment, so that a quick answer doesn't flicker. */
export function TrailSkeleton({ view }: { readonly view: TrailView }) {
  return (
    <div aria-busy="true" className="late overflow-hidden">
      <p role="status" className="heard">
        Loading events…
      </p>
      {view.cards ? null : <div className="h-9 border-b border-line" />}
      {ROWS.map((row) => (
        <div
          key={row}
          className={`flex items-center gap-6 border-b border-line px-4 sm:px-6 ${view.cards ? 'h-29' : view.dense ? 'h-7' : 'h-9'}`}
        >
          <span className="shimmer h-2.5 w-36 shrink-0 rounded bg-sunken sm:ml-5" />
          <span className="shimmer h-2.5 w-32 shrink-0 rounded bg-sunken max-sm:hidden" />
          <span className={`shimmer h-2.5 rounded bg-sunken ${WIDTHS[row % WIDTHS.length]}`} />
        </div>
      ))}
    </div>
  )
}
