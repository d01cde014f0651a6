import { grouped } from '../format/numbers.ts'
import { RoomLink } from '../things/thing-link.tsx'

/** The filter of the events under a head that was signed then, and of those recorded while it was being signed. */
export function underHead(signedAt: string): string {
  return `recorded:..${signedAt}`
}

/** The size of the tree, leading to the events under its head. */
export function SizeDoor({ size, signedAt }: { readonly size: string; readonly signedAt: string }) {
  return (
    <RoomLink
      to="/events"
      search={underHead(signedAt)}
      tip="What was recorded until this head was signed; the newest may stand under the next one"
    >
      {grouped(Number(size))}
    </RoomLink>
  )
}
