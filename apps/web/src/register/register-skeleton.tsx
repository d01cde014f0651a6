import type { RegisterView } from './use-register-view.ts'

const ROWS = Array.from({ length: 20 }, (_, n) => n)
const WIDTHS = ['w-3/5', 'w-4/5', 'w-2/5', 'w-3/4', 'w-1/2']

/** Rows to come, where and as high as rows will be. Waits a moment, so that a quick answer doesn't flicker. */
export function RegisterSkeleton({ view, what }: { readonly view: RegisterView; readonly what: string }) {
  const height = view.cards ? 'h-24' : view.dense ? 'h-7' : 'h-9'
  return (
    <div aria-busy="true" className="late h-full overflow-hidden">
      <p role="status" className="heard">
        Loading {what}…
      </p>
      {view.cards ? null : <div className="h-9 border-b border-line" />}
      {ROWS.map((row) => (
        <div key={row} className={`flex items-center gap-8 border-b border-line px-6 ${height}`}>
          <span className="shimmer h-2.5 w-40 shrink-0 rounded bg-sunken" />
          <span className={`shimmer h-2.5 rounded bg-sunken ${WIDTHS[row % WIDTHS.length]}`} />
        </div>
      ))}
    </div>
  )
}
