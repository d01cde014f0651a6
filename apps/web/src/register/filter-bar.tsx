import { Search, X } from 'lucide-react'
import { type RefObject, useEffect, useState } from 'react'
import { Chip, EmptyChip } from '../ui/chip.tsx'
import { onDemand } from '../ui/on-demand.tsx'
import type { FilterKey } from './filter-line.ts'
import type { RegisterView } from './use-register-view.ts'

const ValuePopover = onDemand(() => import('./value-popover.tsx').then((module) => module.ValuePopover), 'dialog')

interface FilterBarProps {
  readonly field: RefObject<HTMLInputElement | null>
  readonly view: RegisterView
  readonly many: string
}

/** The filter as text and as chips: one says what the other says. */
export function FilterBar({ field, view, many }: FilterBarProps) {
  const [text, setText] = useState(view.line)
  useEffect(() => setText(view.line), [view.line])
  const { problems } = view.filter
  return (
    <div className="grid gap-2" data-print="no">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          view.setLine(text)
        }}
        className="relative"
      >
        <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-ink-3" />
        <input
          ref={field}
          type="text"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            setText(view.line)
            event.currentTarget.blur()
          }}
          onBlur={() => text !== view.line && view.setLine(text)}
          aria-label={`Filter ${many}`}
          aria-invalid={problems.length > 0}
          aria-describedby={problems.length > 0 ? 'filter-problems' : undefined}
          spellCheck={false}
          autoComplete="off"
          placeholder={`Filter by ${view.found} or ${view.keys.map(({ key }) => `${key}:`).join(' ')}`}
          className="h-8 w-full rounded-md border border-line bg-surface pr-8 pl-8 text-sm placeholder:text-ink-3 aria-invalid:border-bad"
        />
        {text !== '' && (
          <button
            type="button"
            aria-label="Clear the filter"
            onClick={() => {
              setText('')
              view.setLine('')
            }}
            className="absolute top-1 right-1 inline-flex size-6 items-center justify-center rounded text-ink-3 hover:bg-sunken hover:text-ink"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        )}
      </form>
      {problems.length > 0 && (
        <p id="filter-problems" role="alert" className="text-xs text-bad">
          {problems.join(' ')}
        </p>
      )}
      <fieldset className="flex min-w-0 flex-wrap items-center gap-1.5" aria-label="Filters">
        {view.keys.map((key) => (
          <KeyChip key={key.key} of={key} view={view} />
        ))}
      </fieldset>
    </div>
  )
}

function KeyChip({ of, view }: { readonly of: FilterKey; readonly view: RegisterView }) {
  const value = view.filter.values[of.key]
  const title = of.values?.find((candidate) => candidate.value === value)?.title ?? value
  const trigger =
    value === undefined ? (
      <EmptyChip label={of.title} />
    ) : (
      <Chip label={of.title} value={title} removeLabel={`Remove the filter ${of.title}`} onRemove={() => view.setKey(of.key, null)} />
    )
  return <ValuePopover of={of} value={value ?? ''} onPick={(picked) => view.setKey(of.key, picked)} trigger={trigger} />
}
