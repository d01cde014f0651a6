import { Popover as Radix } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import type { Floating } from './on-demand.tsx'

interface PopoverProps extends Floating {
  readonly label: string
  readonly children: (close: () => void) => ReactNode
}

export function Popover({ trigger, startOpen, label, children }: PopoverProps) {
  const [open, setOpen] = useState(startOpen)
  return (
    <Radix.Root open={open} onOpenChange={setOpen}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          data-print="no"
          className="rise z-40 flex max-h-(--radix-popover-content-available-height) w-72 flex-col overflow-hidden rounded-lg bg-surface shadow-float outline-none"
        >
          {children(() => setOpen(false))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
