/** How much fits beside each other. */
export type Room = 'wide' | 'middle' | 'narrow'

/** Columns of a page that says nothing else: without what the drawer says anyway where there is little room. */
const FITTING: Readonly<Record<Room, readonly string[]>> = {
  wide: ['recorded', 'type', 'summary', 'about', 'actor'],
  middle: ['recorded', 'type', 'summary', 'actor'],
  narrow: ['recorded', 'type', 'summary'],
}

/** The columns to show: of the URL, else of the reader's preference, else of the page. Names that are no column's are left out. */
export function shownColumns(
  ofUrl: string | undefined,
  preferred: readonly string[] | null,
  room: Room,
  known: readonly string[],
): readonly string[] {
  const wanted = ofUrl?.split(',') ?? preferred ?? FITTING[room]
  const shown = known.filter((name) => wanted.includes(name))
  return shown.length > 0 ? shown : known.filter((name) => FITTING[room].includes(name))
}
