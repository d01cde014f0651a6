import { X } from 'lucide-react'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { INPUT } from './labelled.tsx'

export interface Choice {
  readonly id: string
  readonly title: string
  readonly note?: string
}

interface FoundChoiceProps {
  readonly label: string
  readonly value: Choice | null
  readonly onChange: (value: Choice | null) => void
  /** What matches the text, read as one types. */
  readonly useFound: (search: string | null) => readonly Choice[]
}

/** One thing of many, found by name or id: Enter takes the first that matches. */
export function FoundChoice({ label, value, onChange, useFound }: FoundChoiceProps) {
  const [text, setText] = useState('')
  const search = useDeferredValue(text.trim())
  const found = useFound(search === '' ? null : search)
  const field = useRef<HTMLInputElement>(null)
  const chosen = useRef<HTMLButtonElement>(null)
  const before = useRef(value)
  // One takes the other's place: the focus goes with it.
  useEffect(() => {
    if (before.current === value) return
    before.current = value
    const next = value === null ? field.current : chosen.current
    next?.focus()
  }, [value])
  if (value !== null) {
    return (
      <fieldset className="min-w-0">
        <legend className="pb-1 text-sm font-medium">{label}</legend>
        <span className="inline-flex h-8 max-w-full items-center gap-1 rounded-full border border-accent-line bg-accent-soft pl-3 text-sm">
          <span className="truncate">{value.title}</span>
          <button
            ref={chosen}
            type="button"
            aria-label={`Choose another than ${value.title}`}
            onClick={() => onChange(null)}
            className="inline-flex size-7 shrink-0 items-center justify-center rounded-full text-ink-2 hover:text-ink"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        </span>
      </fieldset>
    )
  }
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="pb-1 text-sm font-medium">{label}</legend>
      <input
        ref={field}
        type="text"
        value={text}
        aria-label={`Find: ${label}`}
        placeholder="Find by name or id"
        autoComplete="off"
        className={INPUT}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          const [first] = found
          if (first) onChange(first)
        }}
      />
      <ul className="flex flex-wrap gap-1.5" aria-label="What matches">
        {found.map((choice) => (
          <li key={choice.id} className="max-w-full">
            <button
              type="button"
              onClick={() => onChange(choice)}
              className="inline-flex min-h-7 max-w-full items-center gap-1.5 rounded-md border border-line px-2 text-left text-xs text-ink-2 hover:bg-hover hover:text-ink"
            >
              <span className="truncate">{choice.title}</span>
              {choice.note !== undefined && <span className="shrink-0 text-ink-3">{choice.note}</span>}
            </button>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
