import { dayAndTime } from '../format/instants.ts'
import { useSession } from '../session/use-session.ts'
import { Card, Nothing } from '../ui/section.tsx'
import { RoomLink } from './thing-link.tsx'

/** The workspace has nothing by this id. */
export function NoSuchThing({ what, list }: { readonly what: string; readonly list: string }) {
  const { asOf } = useSession()
  return (
    <Card>
      <Nothing
        title={
          asOf === null
            ? `There is no such ${what} in this workspace.`
            : `There was no such ${what} in this workspace on ${dayAndTime(asOf)}.`
        }
      >
        The link may be mistyped, or from another workspace{asOf !== null && ', or it was recorded later'}.{' '}
        <RoomLink to={list}>Go to the list</RoomLink>
      </Nothing>
    </Card>
  )
}
