import type { ReactNode } from 'react'
import { grouped } from '../format/numbers.ts'
import { RoomLink } from '../things/thing-link.tsx'

/** The filter of the events under a head that was signed then, and of those recorded while it was being signed. */
export function underHead(signedAt: string): string {
  return `recorded:..${signedAt}`
}

/** The size of the tree, or what else is said of its head, leading to the events under it. */
export function SizeDoor({
  size,
  signedAt,
  children,
}: {
  readonly size: string
  readonly signedAt: string
  readonly children?: ReactNode
}) {
  return (
    <RoomLink
      to="/events"
      search={underHead(signedAt)}
      tip="What was recorded until this head was signed; the newest may stand under the next one"
    >
      {children ?? grouped(Number(size))}
    </RoomLink>
  )
}
