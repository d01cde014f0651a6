import { Link } from '@tanstack/react-router'
import type { Row } from '@tanstack/react-table'
import { FlexRender } from '@tanstack/react-table'
import { type KeyboardEvent, type MouseEvent, memo } from 'react'
import { words } from '../../format/words.ts'
import { classes } from '../../ui/classes.ts'
import type { TrailEvent } from '../trail-documents.ts'
import type { features } from './columns.tsx'

export interface RowActions {
  readonly open: (id: string) => void
  readonly activate: (id: string) => void
  readonly toggle: (id: string) => void
}

interface TrailRowProps {
  readonly row: Row<typeof features, TrailEvent>
  readonly workspace: string
  readonly shown: readonly string[]
  /** 1-based, the head being row 1. */
  readonly rowNumber: number
  readonly active: boolean
  readonly opened: boolean
  readonly selected: boolean
  readonly dense: boolean
  readonly actions: RowActions
}

export const TrailRow = memo(function TrailRow({
  row,
  workspace,
  shown,
  rowNumber,
  active,
  opened,
  selected,
  dense,
  actions,
}: TrailRowProps) {
  const event = row.original
  const height = dense ? 'h-7' : 'h-9'

  function onKeyDown(pressed: KeyboardEvent): void {
    if (pressed.key !== 'Enter' || pressed.target !== pressed.currentTarget) return
    pressed.preventDefault()
    actions.open(event.id)
  }

  function onClick(click: MouseEvent): void {
    if (click.defaultPrevented || click.ctrlKey || click.metaKey || click.shiftKey || getSelection()?.isCollapsed === false) return
    actions.activate(event.id)
    actions.open(event.id)
  }

  return (
    <tr
      data-event={event.id}
      tabIndex={active ? 0 : -1}
      aria-rowindex={rowNumber}
      aria-selected={selected}
      aria-current={opened ? 'true' : undefined}
      onFocus={() => actions.activate(event.id)}
      onKeyDown={onKeyDown}
      onClick={onClick}
      className={classes(
        'group cursor-default text-sm outline-offset-[-2px] [&>td]:border-b [&>td]:border-line',
        opened ? 'bg-accent-soft' : selected ? 'bg-sunken' : 'hover:bg-hover',
      )}
    >
      <td className={classes('pl-[5px]', height)} data-print="no">
        <input
          type="checkbox"
          tabIndex={-1}
          checked={selected}
          aria-label={`Select ${words(event.type)}, ${event.summary}`}
          onChange={() => actions.toggle(event.id)}
          onClick={(click) => click.stopPropagation()}
          className={classes(
            'block size-3.5 accent-accent',
            !selected && 'opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100',
          )}
        />
      </td>
      {row.getAllCells().map((cell) =>
        shown.includes(cell.column.id) ? (
          <td key={cell.id} className={classes('truncate pr-4', height)}>
            {cell.column.id === 'summary' ? (
              <Link
                to="/w/$workspace/events/$id"
                params={{ workspace, id: event.id }}
                search={(search) => search}
                tabIndex={-1}
                className="block truncate"
                onClick={(click) => {
                  if (click.ctrlKey || click.metaKey || click.shiftKey) return
                  click.preventDefault()
                  click.stopPropagation()
                  actions.activate(event.id)
                  actions.open(event.id)
                }}
              >
                <FlexRender cell={cell} />
              </Link>
            ) : (
              <FlexRender cell={cell} />
            )}
          </td>
        ) : null,
      )}
    </tr>
  )
})
