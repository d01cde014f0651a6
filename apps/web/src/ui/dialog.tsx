import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, useState } from 'react'
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
  const [opener] = useState(whatHasFocus)
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <div className="appear fixed inset-0 z-40 bg-scrim" data-print="no" />
        <Radix.Content
          aria-describedby={undefined}
          aria-modal
          data-print="no"
          onCloseAutoFocus={(focus) => {
            focus.preventDefault()
            returnFocus(opener)
          }}
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

interface Opener {
  readonly element: Element | null
  /** The dialog that it stands in. */
  readonly within: Element | null
}

function whatHasFocus(): Opener {
  const element = document.activeElement
  return { element, within: element?.closest('[role="dialog"]') ?? null }
}

/** To what opened the dialog, or when that is gone to the dialog around it: the next key goes on from there. What took the focus since keeps it. */
function returnFocus({ element, within }: Opener): void {
  if (document.activeElement !== document.body) return
  const target = element?.isConnected ? element : within
  if (target instanceof HTMLElement) target.focus()
}
