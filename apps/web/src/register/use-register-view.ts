import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { usePageWidth } from '../frame/page-width.ts'
import { prefer, usePreferences } from '../frame/preferences.ts'
import { useMedia } from '../ui/use-media.ts'
import { type FilterKey, type FilterValues, parseFilterLine, printFilterLine } from './filter-line.ts'
import { fittingColumns } from './fitting-columns.ts'
import { type RegisterColumn, readRegisterSearch } from './register.ts'

/** A list as the URL says, else as the reader likes it. */
export interface RegisterView {
  readonly name: string
  readonly cards: boolean
  readonly dense: boolean
  /** Ids of the columns shown. */
  readonly shown: readonly string[]
  readonly sort: string | null
  readonly line: string
  readonly keys: readonly FilterKey[]
  /** What is found by words alone. */
  readonly found: string
  readonly filter: FilterValues
  readonly setDense: (dense: boolean) => void
  readonly setShown: (names: readonly string[]) => void
  readonly setSort: (sort: string) => void
  readonly setLine: (line: string) => void
  /** Sets or, with null, removes one key. */
  readonly setKey: (key: string, value: string | null) => void
}

interface ViewOf<Row> {
  /** Under which the reader's choice of columns is kept. */
  readonly name: string
  readonly columns: readonly RegisterColumn<Row>[]
  readonly keys: readonly FilterKey[]
  /** "words" if nothing else is said. */
  readonly found?: string
}

export function useRegisterView<Row>({ name, columns, keys, found = 'words' }: ViewOf<Row>): RegisterView {
  const search = useSearch({ strict: false, select: readRegisterSearch, structuralSharing: true })
  const navigate = useNavigate()
  const { density, lists } = usePreferences()
  const cards = useMedia('(max-width: 639px)')
  const room = usePageWidth()
  const line = search.q ?? ''
  const filter = useMemo(() => parseFilterLine(line, keys), [line, keys])
  const preferred = lists[name]
  const shown = useMemo(() => {
    const wanted = search.cols?.split(',') ?? preferred
    const known = columns.filter(({ id }) => wanted?.includes(id)).map(({ id }) => id)
    return known.length > 0 ? known : fittingColumns(columns, room)
  }, [search.cols, preferred, columns, room])

  const change = (next: Readonly<Record<string, string | undefined>>, replace = false) =>
    void navigate({ to: '.', search: (before) => ({ ...before, ...next }), replace })
  const setLine = (next: string) => change({ q: next.trim() === '' ? undefined : next })

  return {
    name,
    cards,
    dense: (search.density ?? density) === 'dense',
    shown,
    sort: search.sort ?? null,
    line,
    keys,
    found,
    filter,
    setDense: (dense) => {
      const next = dense ? 'dense' : 'comfortable'
      prefer({ density: next })
      change({ density: next }, true)
    },
    setShown: (names) => {
      prefer({ lists: { ...lists, [name]: names } })
      change({ cols: names.join(',') }, true)
    },
    setSort: (sort) => change({ sort }),
    setLine,
    setKey: (key, value) => {
      const { [key]: _, ...rest } = filter.values
      setLine(printFilterLine({ words: filter.words, values: value === null ? rest : { ...rest, [key]: value } }))
    },
  }
}
