import { useState } from 'react'
import { useSession } from '../../session/use-session.ts'
import { Button } from '../../ui/button.tsx'
import type { TextKey } from '../filter/filter-term.ts'
import { parseFilter } from '../filter/parse-filter.ts'
import { printTerm } from '../filter/print-filter.ts'
import { useTrail } from '../trail-context.ts'
import { knownValues } from './known-values.ts'

interface ValuePickerProps {
  readonly name: TextKey
  readonly value: string
  readonly onPick: (value: string) => void
}

const HINTS: Readonly<Record<TextKey, string>> = {
  type: 'BiasAudited',
  about: 'model:cs or model:cs@7',
  actor: 'An id, as svc_… or per_…',
  stream: 'model-cs',
  correlation: 'A correlation id',
  word: 'A word',
}

/** A value to type, or to choose from those on the page. */
export function ValuePicker({ name, value, onPick }: ValuePickerProps) {
  const { state } = useTrail()
  const { catalogue } = useSession()
  const [typed, setTyped] = useState(value)
  const [problem, setProblem] = useState<string | null>(null)
  const seen = knownValues(state.list.status === 'loaded' ? state.list.events : [], catalogue).seen
  const values =
    name === 'type' || name === 'word' ? [] : seen[name].filter((candidate) => typed === value || candidate.includes(typed)).slice(0, 12)

  function pick(text: string): void {
    const [found] = parseFilter(printTerm({ key: name, value: text })).problems
    if (found) setProblem(found.message)
    else onPick(text)
  }

  return (
    <form
      className="flex min-h-0 flex-col"
      onSubmit={(event) => {
        event.preventDefault()
        pick(typed.trim())
      }}
    >
      <div className="flex gap-2 border-b border-line p-2">
        <input
          aria-label={HINTS[name]}
          aria-invalid={problem !== null}
          placeholder={HINTS[name]}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setTyped(event.target.value)
            setProblem(null)
          }}
          className="h-8 min-w-0 flex-1 bg-transparent px-1 font-mono text-xs outline-none placeholder:font-sans placeholder:text-sm placeholder:text-ink-3"
        />
        <Button type="submit" look="primary">
          Apply
        </Button>
      </div>
      {problem !== null && (
        <p role="alert" className="px-3 pt-2 text-sm text-bad">
          {problem}
        </p>
      )}
      {values.length > 0 && (
        <ul aria-label="On this page" className="max-h-64 min-h-0 overflow-y-auto p-1">
          {values.map((candidate) => (
            <li key={candidate}>
              <button
                type="button"
                onClick={() => pick(candidate)}
                className="flex h-7 w-full items-center rounded-md px-2 text-left font-mono text-xs text-ink-2 hover:bg-sunken hover:text-ink"
              >
                <span className="truncate">{candidate}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </form>
  )
}
