import { type ReactNode, useEffect, useRef } from 'react'
import { useOnlyNow } from '../session/use-only-now.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { focusFirstField } from '../ui/first-field.ts'
import { SendingProblem } from './sending-problem.tsx'
import type { Sending } from './use-sending.ts'

interface SendingDialogProps {
  readonly title: string
  /** The word on the button, and the one that stands there while it is sent. */
  readonly act: string
  readonly acting: string
  readonly ready: boolean
  /** It can't be taken back. */
  readonly grave?: boolean
  readonly sending: Sending
  /** What stands when it was refused: "The role stands". */
  readonly refused: string
  readonly onSend: () => void
  readonly onClose: () => void
  /** What came of it, once it is done: it takes the place of the form. */
  readonly done?: ReactNode
  readonly children: ReactNode
}

/** A form that is sent: pending until it is done, then closed or with what came of it. */
export function SendingDialog(props: SendingDialogProps) {
  const { title, act, acting, ready, grave = false, sending, refused, onSend, onClose, done = null, children } = props
  const pending = sending.status === 'pending'
  const onlyNow = useOnlyNow()
  const over = useRef<HTMLButtonElement>(null)
  // The button that had the focus is gone: the next key goes on from here.
  useEffect(() => {
    if (done !== null) over.current?.focus()
  }, [done])
  return (
    <Dialog title={title} open onOpenChange={(open) => !open && !pending && onClose()}>
      <form
        ref={focusFirstField}
        noValidate
        className="flex min-h-0 flex-col"
        onSubmit={(event) => {
          event.preventDefault()
          if (done !== null) onClose()
          else if (ready && !pending && onlyNow.unavailable === undefined) onSend()
        }}
      >
        <div className="grid min-h-0 gap-4 overflow-y-auto p-4">
          {done ?? children}
          <SendingProblem sending={sending} refused={refused} />
        </div>
        <div className="flex justify-end gap-2 border-t border-line px-4 py-3">
          {done === null ? (
            <>
              <Button onClick={onClose} disabled={pending}>
                Cancel
              </Button>
              <Button type="submit" look="primary" disabled={!ready || pending} className={grave ? 'bg-bad hover:bg-bad' : ''} {...onlyNow}>
                {pending ? acting : act}
              </Button>
            </>
          ) : (
            <Button ref={over} look="primary" onClick={onClose}>
              Done
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  )
}
