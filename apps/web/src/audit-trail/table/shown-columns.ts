/** Columns of a page that says nothing else: without what the drawer says anyway where there is little room. */
const WIDE = ['recorded', 'type', 'summary', 'about', 'actor']
const NARROW = ['recorded', 'type', 'summary', 'actor']

/** The columns to show: of the URL, else of the reader's preference, else of the page. Names that are no column's are left out. */
export function shownColumns(
  ofUrl: string | undefined,
  preferred: readonly string[] | null,
  wide: boolean,
  known: readonly string[],
): readonly string[] {
  const wanted = ofUrl?.split(',') ?? preferred ?? (wide ? WIDE : NARROW)
  const shown = known.filter((name) => wanted.includes(name))
  return shown.length > 0 ? shown : known.filter((name) => WIDE.includes(name))
}
