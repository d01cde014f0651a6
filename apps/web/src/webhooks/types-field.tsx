import { useId, useState } from 'react'
import { words } from '../format/words.ts'
import { INPUT } from '../forms/labelled.tsx'
import type { EventTypeName } from '../session/catalogue.ts'
import { useSession } from '../session/use-session.ts'

interface TypesFieldProps {
  readonly value: readonly EventTypeName[]
  readonly onChange: (value: readonly EventTypeName[]) => void
}

/** Event types to tick, found by their words. */
export function TypesField({ value, onChange }: TypesFieldProps) {
  const { catalogue } = useSession()
  const [text, setText] = useState('')
  const id = useId()
  const wanted = text.trim().toLowerCase()
  const found = catalogue.types.filter(({ name, description }) => `${name} ${words(name)} ${description}`.toLowerCase().includes(wanted))
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="pb-1 text-sm font-medium">
        Types <span className="ml-1.5 text-xs font-normal text-ink-3">{value.length} chosen</span>
      </legend>
      <input
        type="text"
        value={text}
        aria-label="Find a type"
        aria-controls={id}
        placeholder="Find a type"
        autoComplete="off"
        className={INPUT}
        onChange={(event) => setText(event.target.value)}
      />
      <ul id={id} className="max-h-44 overflow-y-auto rounded-md border border-line">
        {found.length === 0 && <li className="px-2.5 py-2 text-sm text-ink-3">No type has these words.</li>}
        {found.map(({ name, description }) => (
          <li key={name}>
            <label className="flex min-h-8 items-center gap-2.5 px-2.5 text-sm hover:bg-hover" data-tip={description}>
              <input
                type="checkbox"
                checked={value.includes(name)}
                onChange={(event) => onChange(event.target.checked ? [...value, name] : value.filter((other) => other !== name))}
                className="size-4 accent-accent"
              />
              {words(name)}
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
