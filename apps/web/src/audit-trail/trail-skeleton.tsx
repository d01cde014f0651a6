import type { TrailView } from './use-trail-view.ts'

const ROWS = Array.from({ length: 24 }, (_, n) => n)
const WIDTHS = ['w-3/5', 'w-4/5', 'w-2/5', 'w-3/4', 'w-1/2']

/** Rows to come, where and as high as rows will be. Waits a moment, so that a quick answer doesn't flicker. */
export function TrailSkeleton({ view }: { readonly view: TrailView }) {
  return (
    <div aria-busy="true" className="late h-full overflow-hidden">
      <p role="status" className="heard">
        Loading events…
      </p>
      {view.cards ? null : <div className="h-9 border-b border-line" />}
      {ROWS.map((row) => (view.cards ? <CardToCome key={row} row={row} /> : <RowToCome key={row} row={row} dense={view.dense} />))}
    </div>
  )
}

function RowToCome({ row, dense }: { readonly row: number; readonly dense: boolean }) {
  return (
    <div className={`flex items-center border-b border-line px-6 ${dense ? 'h-7' : 'h-9'}`}>
      <span className="w-42 shrink-0">
        <Line width="w-34" />
      </span>
      <span className="w-56 shrink-0">
        <Line width="w-36" />
      </span>
      <span className="flex-1">
        <Line width={WIDTHS[row % WIDTHS.length]} />
      </span>
    </div>
  )
}

function CardToCome({ row }: { readonly row: number }) {
  return (
    <div className="grid h-29 content-center gap-4 border-b border-line px-4">
      <Line width="w-40" />
      <Line width={WIDTHS[row % WIDTHS.length]} />
      <Line width="w-32" />
    </div>
  )
}

function Line({ width = '' }: { readonly width?: string | undefined }) {
  return <span className={`shimmer block h-2.5 rounded bg-sunken ${width}`} />
}
