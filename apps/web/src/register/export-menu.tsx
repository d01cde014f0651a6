import { FileJson2, FileSpreadsheet } from 'lucide-react'
import { useState } from 'react'
import { csvOf } from '../format/csv.ts'
import { announce } from '../ui/announce.ts'
import { Menu, MenuItem, MenuLabel } from '../ui/menu.tsx'
import { Notice } from '../ui/notice.tsx'
import type { Floating } from '../ui/on-demand.tsx'
import { saveFile } from '../ui/save-file.ts'
import type { RegisterColumn } from './register.ts'

interface ExportMenuProps {
  readonly columns: readonly RegisterColumn<unknown>[]
  readonly all: () => Promise<readonly unknown[]>
  /** The file's name, without its ending. */
  readonly name: string
}

/** Everything that matches the filter as a file, whether it is loaded here or not. */
export function ExportMenu({ columns, all, name, ...floating }: ExportMenuProps & Floating) {
  const [failed, setFailed] = useState(false)

  function save(type: 'csv' | 'jsonl', print: (rows: readonly unknown[]) => string): void {
    setFailed(false)
    announce('Reading everything that matches…')
    all().then(
      (rows) => saveFile(`${name}.${type}`, new Blob([print(rows)], { type: type === 'csv' ? 'text/csv' : 'application/jsonl' })),
      (error: unknown) => {
        console.warn('The list could not be read for the export.', error)
        setFailed(true)
      },
    )
  }

  return (
    <Menu {...floating}>
      <MenuLabel>Everything that matches the filter</MenuLabel>
      <MenuItem icon={<FileSpreadsheet aria-hidden />} onSelect={() => save('csv', (rows) => csvOf(rows, columns))}>
        CSV
      </MenuItem>
      <MenuItem
        icon={<FileJson2 aria-hidden />}
        onSelect={() => save('jsonl', (rows) => rows.map((row) => `${JSON.stringify(row)}\n`).join(''))}
      >
        JSON Lines
      </MenuItem>
      {failed && (
        <div className="max-w-64 p-1">
          <Notice tone="bad" title="Not exported">
            The server didn’t answer. Nothing was saved; try again.
          </Notice>
        </div>
      )}
    </Menu>
  )
}
