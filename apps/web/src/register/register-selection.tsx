import { X } from 'lucide-react'
import { csvOf } from '../format/csv.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { CopyIcon } from '../ui/copy.tsx'
import { useCopied } from '../ui/use-copied.ts'
import type { RegisterColumn } from './register.ts'

interface SelectionProps<Row> {
  readonly rows: readonly Row[]
  readonly columns: readonly RegisterColumn<Row>[]
  readonly onClear: () => void
}

/** What can be done with the selected rows. */
export function RegisterSelection<Row extends { readonly id: string }>({ rows, columns, onClear }: SelectionProps<Row>) {
  const ids = useCopied()
  const csv = useCopied()
  if (rows.length === 0) return null
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-4 z-20 flex justify-center px-4" data-print="no">
      <div
        role="toolbar"
        aria-label="Selected rows"
        className="rise pointer-events-auto flex items-center gap-1 rounded-lg bg-surface py-1 pr-1 pl-3 shadow-float"
      >
        <span role="status" className="pr-2 text-sm font-medium tabular">
          {rows.length} selected
        </span>
        <Button look="quiet" icon={<CopyIcon state={ids.state} />} onClick={() => ids.copy(rows.map(({ id }) => id).join('\n'), 'Ids')}>
          Ids
        </Button>
        <Button look="quiet" icon={<CopyIcon state={csv.state} />} onClick={() => csv.copy(csvOf(rows, columns), 'CSV')}>
          CSV
        </Button>
        <IconButton label="Clear the selection" keys="Esc" onClick={onClear}>
          <X aria-hidden />
        </IconButton>
      </div>
    </div>
  )
}
