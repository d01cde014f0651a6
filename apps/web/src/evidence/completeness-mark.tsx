import { Status } from '../ui/status.tsx'
import type { Pack } from './evidence-documents.ts'

/** What a pack claims of its completeness. Teal, not green: the claim stands when it was verified, not before. */
export function CompletenessMark({ completeness }: { readonly completeness: Pack['completeness'] }) {
  switch (completeness) {
    case 'BY_THE_TREE':
      return (
        <Status
          tone="partly"
          word="Complete by the tree"
          quiet
          tip="All leaves of the range are there: the tree proves it to whoever verifies."
        />
      )
    case 'BY_THE_TOKEN_MAP':
      return (
        <Status
          tone="partly"
          word="Complete by the token map"
          quiet
          tip="All events that name the thing are there: the map of counts proves it to whoever verifies."
        />
      )
    case 'NOT_CLAIMED':
      return <Status tone="none" word="Selection: completeness not claimed" quiet />
  }
}
