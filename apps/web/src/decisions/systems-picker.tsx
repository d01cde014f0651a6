import { X } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useReading } from '../reading/use-reading.ts'
import { itemsOf } from './decision.ts'
import { systemChoices } from './picker-documents.ts'

export interface PickerProps {
  readonly id: string
  /** One id a line. */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly invalid: boolean
}

/** Systems by name or id: what matches is offered as one types, Enter takes the first. */
export function SystemsPicker({ id, value, onChange, invalid }: PickerProps) {
  const [text, setText] = useState('')
  const search = useDeferredValue(text.trim())
  const { reading } = useReading(systemChoices, { search: search === '' ? null : search })
  const chosen = itemsOf(value)
  const offered = (reading.status === 'read' ? reading.data.systems.edges.map(({ node }) => node) : []).filter(
    (system) => !chosen.includes(system.id),
  )
  const choose = (system: string) => {
    onChange([...chosen, system].join('\n'))
    setText('')
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      {chosen.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {chosen.map((system) => (
            <li
              key={system}
              className="inline-flex h-7 max-w-full items-center gap-1 rounded-full border border-accent-line bg-accent-soft pl-2.5 font-mono text-xs"
            >
              <span className="truncate">{system}</span>
              <button
                type="button"
                aria-label={`Remove ${system}`}
                onClick={() => onChange(chosen.filter((other) => other !== system).join('\n'))}
                className="inline-flex size-6 shrink-0 items-center justify-center rounded-full text-ink-2 hover:text-ink"
              >
                <X aria-hidden className="size-3.5" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        id={id}
        type="text"
        value={text}
        aria-label="Find a system"
        aria-invalid={invalid}
        placeholder="Find a system by name or id"
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          const [first] = offered
          if (first) choose(first.id)
        }}
        className="w-full rounded-md border border-line-strong bg-surface px-2.5 py-1.5 text-sm placeholder:text-ink-3 aria-invalid:border-bad"
      />
      <ul className="flex flex-wrap gap-1.5" aria-label="Systems that match">
        {offered.map((system) => (
          <li key={system.id} className="max-w-full">
            <button
              type="button"
              onClick={() => choose(system.id)}
              className="inline-flex min-h-7 max-w-full items-center rounded-md border border-line px-2 text-left text-xs text-ink-2 hover:bg-hover hover:text-ink"
            >
              <span className="truncate">{system.name ?? system.id}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
