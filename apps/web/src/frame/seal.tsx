import { CircleDashed } from 'lucide-react'
import { Suspense } from 'react'
import { lazily } from '../ui/lazily.tsx'

const LiveSeal = lazily(() => import('./live-seal.tsx').then((module) => module.LiveSeal))

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
