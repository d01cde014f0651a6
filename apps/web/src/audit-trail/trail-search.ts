/** What a link to the trail carries. */
export interface TrailSearch {
  /** The filter line. */
  readonly q?: string
  /** `oldest`; newest first otherwise. */
  readonly sort?: string
  /** Names of the columns shown, comma-separated. */
  readonly cols?: string
  readonly density?: 'dense' | 'comfortable'
}

export function readTrailSearch(search: Readonly<Record<string, unknown>>): TrailSearch {
  return {
    ...(typeof search.q === 'string' && search.q.trim() !== '' && { q: search.q }),
    ...(search.sort === 'oldest' && { sort: 'oldest' }),
    ...(typeof search.cols === 'string' && { cols: search.cols }),
    ...((search.density === 'dense' || search.density === 'comfortable') && { density: search.density }),
  }
}
