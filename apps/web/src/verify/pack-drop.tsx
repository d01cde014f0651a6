import { FileArchive } from 'lucide-react'
import { useId, useState } from 'react'
import { classes } from '../ui/classes.ts'

/** Where a pack is dropped or chosen. */
export function PackDrop({ name, onFile }: { readonly name: string | null; readonly onFile: (file: File) => void }) {
  const id = useId()
  const [over, setOver] = useState(false)
  return (
    <label
      htmlFor={id}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        const [file] = event.dataTransfer.files
        if (file) onFile(file)
      }}
      className={classes(
        'flex cursor-pointer flex-col items-center gap-2 rounded-lg border border-dashed px-4 py-8 text-center focus-within:outline-2 focus-within:outline-accent hover:bg-hover',
        over ? 'border-accent bg-accent-soft' : 'border-line-strong bg-surface',
      )}
    >
      <FileArchive aria-hidden className="size-6 text-ink-3" />
      <span className="max-w-full text-sm font-medium break-words">{name ?? 'Drop an evidence pack here, or choose one'}</span>
      <span className="text-xs text-ink-3">A .zip file. It stays on this machine: it is read and checked in this browser.</span>
      <input
        id={id}
        type="file"
        accept=".zip,application/zip"
        className="heard"
        aria-label="Evidence pack"
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file) onFile(file)
          event.target.value = ''
        }}
      />
    </label>
  )
}
