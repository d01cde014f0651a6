import type { ReactNode } from 'react'

/** Labels with what they say, one under the other. */
export function Rows({ children }: { readonly children: ReactNode }) {
  return (
    <dl className="grid content-start grid-cols-[7rem_minmax(0,1fr)] gap-x-4 gap-y-2 sm:grid-cols-[9.5rem_minmax(0,1fr)]">{children}</dl>
  )
}

export function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-sm text-ink-3">{label}</dt>
      <dd className="min-w-0 text-sm break-words text-ink">{children}</dd>
    </div>
  )
}
