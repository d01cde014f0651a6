import { useState } from 'react'
import { Button } from './button.tsx'

interface ConfirmButtonProps {
  /** Its name, so that one of many is known by it. */
  readonly label: string
  readonly children: string
  /** What it says when it was pressed once: what the next press does. */
  readonly sure: string
  readonly acting: string
  readonly pending: boolean
  readonly onConfirm: () => void
  /** Why it can't be pressed now. */
  readonly unavailable?: string
  readonly className?: string
}

/** Asks once more before it acts. Leaving it takes the question back. */
export function ConfirmButton({ label, children, sure, acting, pending, onConfirm, className = '', ...rest }: ConfirmButtonProps) {
  const [asked, setAsked] = useState(false)
  const words = pending ? acting : asked ? sure : children
  return (
    <Button
      aria-label={`${words}: ${label}`}
      className={className}
      disabled={pending}
      {...rest}
      onBlur={() => setAsked(false)}
      onClick={() => {
        setAsked(!asked)
        if (asked) onConfirm()
      }}
    >
      {words}
    </Button>
  )
}
