import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { IconButton } from './button.tsx'
import { classes } from './classes.ts'

interface DialogProps {
  readonly title: string
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly children: ReactNode
  /** Without a visible head: the title is only heard. */
  readonly bare?: boolean
}

/** A modal dialog. The scrim is our own element: Radix's overlay locks scrolling with a style element, which the content security policy refuses. */
export function Dialog({ title, open, onOpenChange, children, bare = false }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <div className="appear fixed inset-0 z-40 bg-scrim" data-print="no" />
        <Radix.Content
          aria-describedby={undefined}
          data-print="no"
          className="rise fixed inset-x-4 top-[12vh] z-50 mx-auto flex max-h-[76vh] max-w-xl flex-col overflow-hidden rounded-xl bg-surface shadow-float outline-none"
        >
          <div className={classes(bare ? 'heard' : 'flex items-center justify-between border-b border-line py-2 pr-2 pl-4')}>
            <Radix.Title className="text-base font-semibold">{title}</Radix.Title>
            {!bare && (
              <Radix.Close asChild>
                <IconButton label="Close" keys="Esc">
                  <X aria-hidden />
                </IconButton>
              </Radix.Close>
            )}
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
