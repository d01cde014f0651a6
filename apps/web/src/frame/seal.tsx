import { CircleDashed } from 'lucide-react'
import { lazy, Suspense } from 'react'

const LiveSeal = lazy(() => import('./live-seal.tsx').then((module) => ({ default: module.LiveSeal })))

/** Up to where the ledger is sealed: grey until that is known. */
export function Seal() {
  return (
    <Suspense
      fallback={
        <span className="inline-flex h-8 items-center gap-1.5 px-2 text-sm text-ink-3">
          <CircleDashed aria-hidden className="size-4" />
        </span>
      }
    >
      <LiveSeal />
    </Suspense>
  )
}
