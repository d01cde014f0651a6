import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useDoor } from './event-door.ts'

/** Opens the event that proves something: beside the page, on the trail in its list. */
export function EventOpen({
  event,
  tip,
  children,
  className,
}: {
  readonly event: string
  readonly tip?: string
  readonly children: ReactNode
  readonly className?: string
}) {
  const { workspace, onTrail } = useDoor()
  const look = {
    'data-door': event,
    'data-tip': tip ?? 'The event that says so',
    className:
      className ??
      'rounded underline decoration-line-strong decoration-dotted underline-offset-4 hover:decoration-accent hover:text-accent-ink',
  }
  if (onTrail) {
    return (
      <Link to="/w/$workspace/events/$id" params={{ workspace, id: event }} search={(search) => search} {...look}>
        {children}
      </Link>
    )
  }
  return (
    <Link to="." search={(search) => ({ ...search, event })} {...look}>
      {children}
    </Link>
  )
}
