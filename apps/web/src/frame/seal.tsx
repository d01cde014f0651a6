import { CircleDashed } from 'lucide-react'
import { onDemand } from '../ui/on-demand.tsx'

const SealPopover = onDemand(() => import('./seal-popover.tsx').then((module) => module.SealPopover), 'dialog')

/** Up to where the ledger is sealed. Nothing seals it yet, so this says so, in grey. */
export function Seal() {
  return (
    <SealPopover
      trigger={
        <button
          type="button"
          className="inline-flex h-8 items-center gap-1.5 rounded-md px-2 text-sm text-ink-3 hover:bg-sunken hover:text-ink data-[state=open]:bg-sunken"
        >
          <CircleDashed aria-hidden className="size-4" />
          <span className="max-sm:heard">Not sealed yet</span>
        </button>
      }
    />
  )
}
