import type { ReactNode, RefObject } from 'react'
import type { Pages } from '../reading/paged-reading.ts'

/** A column of a list of things. */
export interface RegisterColumn<Row> {
  readonly id: string
  readonly title: string
  /** Pixels; null takes what is left. */
  readonly width: number | null
  /** How the list is asked to be sorted by it, and which way that goes. */
  readonly sort?: { readonly by: string; readonly direction: 'ascending' | 'descending' }
  cell(row: Row): ReactNode
  /** For what is exported and copied. */
  text(row: Row): string
  /** From which width on it is shown where the reader said nothing. */
  readonly from: 'always' | 'middle' | 'wide' | 'asked'
  readonly align?: 'right'
}

/** What a link to a list carries. */
export interface RegisterSearch {
  /** The filter line. */
  readonly q?: string
  readonly sort?: string
  /** Names of the columns shown, comma-separated. */
  readonly cols?: string
  readonly density?: 'dense' | 'comfortable'
}

export function readRegisterSearch(search: Readonly<Record<string, unknown>>): RegisterSearch {
  return {
    ...(typeof search.q === 'string' && search.q.trim() !== '' && { q: search.q }),
    ...(typeof search.sort === 'string' && { sort: search.sort }),
    ...(typeof search.cols === 'string' && { cols: search.cols }),
    ...((search.density === 'dense' || search.density === 'comfortable') && { density: search.density }),
  }
}

export interface RegisterRows<Row> extends Pages<Row> {
  readonly more: () => void
  readonly again: () => void
}

/** What the forms of a list, table and cards, have in common. */
export interface RegisterList<Row> {
  readonly rows: readonly Row[]
  readonly frame: RefObject<HTMLDivElement | null>
  readonly activeId: string | null
  readonly selected: ReadonlySet<string>
  readonly open: (row: Row) => void
  readonly activate: (id: string) => void
  readonly toggle: (id: string) => void
}
