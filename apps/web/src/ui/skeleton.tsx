const WIDTHS = ['w-3/5', 'w-2/5', 'w-4/5', 'w-1/2', 'w-3/4']

/** Lines to come. Waits a moment, so that a quick answer doesn't flicker. */
export function Skeleton({ lines, what }: { readonly lines: number; readonly what: string }) {
  return (
    <div aria-busy="true" className="late grid gap-5 py-3">
      <p role="status" className="heard">
        Loading {what}…
      </p>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className={`shimmer block h-2.5 rounded bg-sunken ${WIDTHS[line % WIDTHS.length]}`} />
      ))}
    </div>
  )
}
