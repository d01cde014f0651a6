import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { prefer, usePreferences } from '../frame/preferences.ts'
import { useMedia } from '../ui/use-media.ts'
import { COLUMN_FACTS } from './table/columns.tsx'
import { shownColumns } from './table/shown-columns.ts'

export interface TrailView {
  /** Cards instead of a table. */
  readonly cards: boolean
  readonly dense: boolean
  readonly shown: readonly string[]
  readonly setDense: (dense: boolean) => void
  readonly setShown: (names: readonly string[]) => void
}

const route = getRouteApi('/w/$workspace/events')
const KNOWN = COLUMN_FACTS.map((fact) => fact.id)

/** How the list is drawn: as the link says, else as the reader likes it. A change goes into both. */
export function useTrailView(): TrailView {
  const { cols, density } = route.useSearch()
  const navigate = useNavigate()
  const preferences = usePreferences()
  const cards = useMedia('(max-width: 639px)')
  const wide = useMedia('(min-width: 1320px)')
  const middle = useMedia('(min-width: 1100px)')
  const room = wide ? 'wide' : middle ? 'middle' : 'narrow'
  const shown = useMemo(() => shownColumns(cols, preferences.columns, room, KNOWN), [cols, preferences.columns, room])

  return {
    cards,
    dense: (density ?? preferences.density) === 'dense',
    shown,
    setDense: (dense) => {
      const next = dense ? 'dense' : 'comfortable'
      prefer({ density: next })
      void navigate({ to: '.', search: (search) => ({ ...search, density: next }), replace: true })
    },
    setShown: (names) => {
      prefer({ columns: names })
      void navigate({ to: '.', search: (search) => ({ ...search, cols: names.join(',') }), replace: true })
    },
  }
}
