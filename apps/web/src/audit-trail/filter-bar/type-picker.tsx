import { useMemo, useState } from 'react'
import { words } from '../../format/words.ts'
import { useSession } from '../../session/use-session.ts'
import { withoutTerm, withTerm } from '../filter/filter-term.ts'
import { useTrail } from '../trail-context.ts'

/** The catalogue's types, grouped by the kind of thing they are about, to tick. */
export function TypePicker() {
  const { catalogue } = useSession()
  const { terms, setTerms } = useTrail()
  const [search, setSearch] = useState('')
  const groups = useMemo(() => {
    const wanted = search.trim().toLowerCase()
    const found = catalogue.types.filter(({ name, description }) => `${name} ${words(name)} ${description}`.toLowerCase().includes(wanted))
    return [...Map.groupBy(found, (type) => type.stream)].toSorted(([a], [b]) => a.localeCompare(b, 'en'))
  }, [catalogue, search])

  return (
    <>
      <input
        aria-label="Find a type"
        placeholder="Find a type"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        className="h-10 shrink-0 border-b border-line bg-transparent px-3 text-sm outline-none placeholder:text-ink-3"
      />
      <div className="max-h-80 min-h-0 overflow-y-auto p-1">
        {groups.length === 0 && <p className="px-2 py-6 text-center text-sm text-ink-3">No type has these words.</p>}
        {groups.map(([kind, types]) => (
          <fieldset key={kind} className="pb-1">
            <legend className="px-2 pt-2 pb-1 text-2xs font-medium text-ink-3">{words(kind)}</legend>
            {types.map(({ name, description }) => {
              const term = { key: 'type', value: name } as const
              const on = terms.some((other) => other.key === 'type' && other.value === name)
              return (
                <label
                  key={name}
                  data-tip={description}
                  className="flex min-h-7 items-center gap-2 rounded-md px-2 py-0.5 text-sm hover:bg-sunken"
                >
                  <input
                    type="checkbox"
                    checked={on}
                    onChange={() => setTerms(on ? withoutTerm(terms, term) : withTerm(terms, term))}
                    className="size-3.5 shrink-0 accent-accent"
                  />
                  {words(name)}
                </label>
              )
            })}
          </fieldset>
        ))}
      </div>
    </>
  )
}
