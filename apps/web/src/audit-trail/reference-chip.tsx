import { classes } from '../ui/classes.ts'
import { useDoor } from './event-door.ts'

/** A reference; a click filters by it. In rows it isn't a stop of its own: the drawer has the same chips. */
export function ReferenceChip({ reference, inRow = false }: { readonly reference: string; readonly inRow?: boolean }) {
  const { addTerm } = useDoor()
  return (
    <button
      type="button"
      tabIndex={inRow ? -1 : undefined}
      data-tip={`Events about ${reference}`}
      onClick={(event) => {
        event.stopPropagation()
        addTerm({ key: 'about', value: reference })
      }}
      className={classes(
        'min-w-0 max-w-full truncate rounded bg-sunken px-1.5 font-mono text-xs leading-5 text-ink-2 hover:bg-accent-soft hover:text-accent-ink',
        inRow ? 'shrink' : 'shrink-0',
      )}
    >
      {reference}
    </button>
  )
}
