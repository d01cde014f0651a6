import { Check } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import type { Floating } from '../ui/on-demand.tsx'
import { Popover } from '../ui/popover.tsx'
import type { FilterKey } from './filter-line.ts'

interface ValuePopoverProps {
  readonly of: FilterKey
  readonly value: string
  readonly onPick: (value: string) => void
}

/** One value of a key: picked from those that there are, or typed. */
export function ValuePopover({ of, value, onPick, ...floating }: ValuePopoverProps & Floating) {
  return (
    <Popover label={of.title} {...floating}>
      {(close) => {
        const pick = (picked: string) => {
          close()
          onPick(picked)
        }
        return of.values ? <Choices of={of} value={value} onPick={pick} /> : <Typed of={of} value={value} onPick={pick} />
      }}
    </Popover>
  )
}

interface PickProps {
  readonly of: FilterKey
  readonly value: string
  readonly onPick: (value: string) => void
}

function Choices({ of, value, onPick }: PickProps) {
  return (
    <ul className="overflow-y-auto p-1">
      {of.values?.map((choice) => (
        <li key={choice.value}>
          <button
            type="button"
            aria-pressed={choice.value === value}
            onClick={() => onPick(choice.value)}
            className="flex min-h-8 w-full items-center gap-2 rounded-md px-2 text-left text-sm hover:bg-sunken"
          >
            <span className="flex-1">{choice.title}</span>
            {choice.value === value && <Check aria-hidden className="size-4 text-accent" />}
          </button>
        </li>
      ))}
    </ul>
  )
}

function Typed({ of, value, onPick }: PickProps) {
  const [text, setText] = useState(value)
  return (
    <form
      className="flex gap-2 p-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') onPick(text.trim())
      }}
    >
      <input
        type="text"
        aria-label={of.title}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="h-8 min-w-0 flex-1 rounded-md border border-line bg-canvas px-2 text-sm"
      />
      <Button type="submit" look="primary" disabled={text.trim() === ''}>
        Filter
      </Button>
    </form>
  )
}
