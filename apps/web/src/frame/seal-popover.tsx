import type { Floating } from '../ui/on-demand.tsx'
import { Popover } from '../ui/popover.tsx'

export function SealPopover(floating: Floating) {
  return (
    <Popover label="Seal" {...floating}>
      {() => (
        <div className="p-4 text-sm">
          <h2 className="font-semibold">Not sealed yet</h2>
          <p className="mt-1 text-ink-2">
            No tree head has been signed for this record. What is recorded is durable and each event shows its commitment, but nothing
            outside this server vouches for the whole yet.
          </p>
        </div>
      )}
    </Popover>
  )
}
