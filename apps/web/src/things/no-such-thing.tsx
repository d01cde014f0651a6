import { Card, Nothing } from '../ui/section.tsx'
import { RoomLink } from './thing-link.tsx'

/** The workspace has nothing by this id. */
export function NoSuchThing({ what, list }: { readonly what: string; readonly list: string }) {
  return (
    <Card>
      <Nothing title={`There is no such ${what} in this workspace.`}>
        The link may be mistyped, or from another workspace. <RoomLink to={list}>Go to the list</RoomLink>
      </Nothing>
    </Card>
  )
}
