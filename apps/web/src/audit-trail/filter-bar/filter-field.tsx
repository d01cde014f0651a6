import { Search, X } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useEffect, useId, useMemo, useState } from 'react'
import { useSession } from '../../session/use-session.ts'
import { classes } from '../../ui/classes.ts'
import { Kbd } from '../../ui/kbd.tsx'
import { parseFilter } from '../filter/parse-filter.ts'
import { accept, type Suggestion, suggest } from '../filter/suggest.ts'
import { useTrail } from '../trail-context.ts'
import { knownValues } from './known-values.ts'

/** The filter as one line of text, with completions. Enter applies it; what can't be read is said below and not asked. */
export function FilterField({ field }: { readonly field: RefObject<HTMLInputElement | null> }) {
  const { line, problems, setLine, state } = useTrail()
  const { catalogue } = useSession()
  const [draft, setDraft] = useState(line)
  const [caret, setCaret] = useState(line.length)
  const [listing, setListing] = useState(false)
  const [chosen, setChosen] = useState(-1)
  const [refused, setRefused] = useState<readonly string[]>([])
  const id = useId()

  // The line changes elsewhere too: chips, the palette, back and forward.
  useEffect(() => {
    setDraft(line)
    setRefused([])
  }, [line])

  const suggestions = useMemo(() => {
    if (!listing) return null
    const known = knownValues(state.list.status === 'loaded' ? state.list.events : [], catalogue)
    const found = suggest(draft, caret, known)
    return found.items.length > 0 ? found : null
  }, [listing, draft, caret, catalogue, state.list])
  const items = suggestions?.items ?? []
  const shownProblems = refused.length > 0 ? refused : draft === line ? problems : []

  function edit(text: string, at: number): void {
    setDraft(text)
    setCaret(at)
    setChosen(-1)
    setListing(true)
    setRefused([])
  }

  function take(suggestion: Suggestion): void {
    if (!suggestions) return
    const taken = accept(draft, suggestions, suggestion)
    edit(taken.line, taken.caret)
    requestAnimationFrame(() => field.current?.setSelectionRange(taken.caret, taken.caret))
  }

  function apply(text: string): true {
    setListing(false)
    const found = parseFilter(text).problems.map((problem) => problem.message)
    setRefused(found)
    if (found.length === 0) setLine(text.trim())
    return true
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    const act = keys[event.key]
    if (act && !event.ctrlKey && !event.metaKey && act()) event.preventDefault()
  }

  /** Each says whether it had something to do. */
  const keys: Readonly<Record<string, () => boolean>> = {
    ArrowDown: () => choose(1),
    ArrowUp: () => choose(-1),
    Tab: () => chosen >= 0 && takeChosen(),
    Enter: () => (chosen >= 0 ? takeChosen() : apply(draft)),
    Escape: () => {
      if (suggestions) setListing(false)
      else if (draft !== line) setDraft(line)
      else field.current?.blur()
      return true
    },
  }

  function choose(by: number): boolean {
    setListing(true)
    if (items.length > 0) setChosen((chosen + by + items.length + (chosen < 0 && by < 0 ? 1 : 0)) % items.length)
    return true
  }

  function takeChosen(): boolean {
    const suggestion = items[chosen]
    if (suggestion) take(suggestion)
    return suggestion !== undefined
  }

  return (
    <div className="relative min-w-0 flex-1">
      <div
        className={classes(
          'flex h-9 items-center gap-2 rounded-lg border bg-surface px-2.5 focus-within:border-accent focus-within:ring-1 focus-within:ring-accent',
          shownProblems.length > 0 ? 'border-bad' : 'border-line-strong',
        )}
      >
        <Search aria-hidden className="size-4 shrink-0 text-ink-3" />
        <input
          ref={field}
          role="combobox"
          aria-label="Filter events"
          aria-expanded={suggestions !== null}
          aria-controls={`${id}list`}
          aria-activedescendant={chosen >= 0 ? `${id}${chosen}` : undefined}
          aria-autocomplete="list"
          aria-invalid={shownProblems.length > 0}
          aria-describedby={shownProblems.length > 0 ? `${id}problems` : undefined}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder="Filter by type:, about:, actor: … or any words"
          value={draft}
          onChange={(event) => edit(event.target.value, event.target.selectionStart ?? event.target.value.length)}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? draft.length)}
          onFocus={() => setListing(true)}
          onBlur={() => setListing(false)}
          onKeyDown={onKeyDown}
          className="h-full min-w-0 flex-1 bg-transparent font-mono text-sm text-ink outline-none placeholder:font-sans placeholder:text-ink-3"
        />
        {draft === '' ? (
          <span className="max-sm:hidden">
            <Kbd>/</Kbd>
          </span>
        ) : (
          <button
            type="button"
            aria-label="Clear the filter"
            data-tip="Clear the filter"
            onClick={() => {
              edit('', 0)
              apply('')
              field.current?.focus()
            }}
            className="inline-flex size-6 items-center justify-center rounded text-ink-3 hover:bg-sunken hover:text-ink"
          >
            <X aria-hidden className="size-4" />
          </button>
        )}
      </div>
      {suggestions && (
        <div
          id={`${id}list`}
          role="listbox"
          aria-label="Suggestions"
          className="rise absolute inset-x-0 top-full z-30 mt-1 max-h-80 overflow-y-auto rounded-lg bg-surface p-1 shadow-float"
        >
          {items.map((item, index) => (
            <div
              key={item.text}
              id={`${id}${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              onPointerDown={(event) => {
                event.preventDefault()
                take(item)
              }}
              className={classes(
                'flex min-h-8 items-baseline gap-3 rounded-md px-2 py-1.5 text-sm',
                index === chosen ? 'bg-sunken' : 'hover:bg-hover',
              )}
            >
              <span className="shrink-0 font-mono text-xs text-ink">{item.text}</span>
              <span className="truncate text-xs text-ink-3">{item.detail}</span>
            </div>
          ))}
        </div>
      )}
      {shownProblems.length > 0 && (
        <div id={`${id}problems`} role="alert" className="pt-1.5 text-sm text-bad">
          {shownProblems.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </div>
      )}
    </div>
  )
}
