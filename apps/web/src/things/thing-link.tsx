import type { ReactNode } from 'react'
import { ReferenceChip } from '../audit-trail/reference-chip.tsx'
import { useSession } from '../session/use-session.ts'
import { PathLink } from '../ui/path-link.tsx'
import { thingPath } from './thing-path.ts'

const LOOK = 'text-ink underline decoration-line underline-offset-4 hover:text-accent-ink hover:decoration-accent'

/** A thing by its reference: its page, or its events where it has none. */
export function ThingLink({ reference, children }: { readonly reference: string; readonly children?: ReactNode }) {
  const { viewer, carried } = useSession()
  const path = thingPath(reference)
  if (path === null) return <ReferenceChip reference={reference} />
  return (
    <PathLink
      path={`/w/${viewer.workspace.id}${path}`}
      search={carried}
      className={`${LOOK} ${children === undefined ? 'font-mono text-xs' : ''}`}
    >
      {children ?? reference}
    </PathLink>
  )
}

/** A page of the workspace, by its path behind `/w/<workspace>`. */
export function RoomLink({ to, search, className, children, tip }: RoomLinkProps) {
  const { viewer, carried } = useSession()
  return (
    <PathLink
      path={`/w/${viewer.workspace.id}${to}`}
      search={search === undefined ? carried : { ...carried, q: search }}
      data-tip={tip}
      className={className ?? LOOK}
    >
      {children}
    </PathLink>
  )
}

interface RoomLinkProps {
  readonly to: string
  /** The filter of the list. */
  readonly search?: string | undefined
  readonly className?: string
  readonly tip?: string
  readonly children: ReactNode
}
