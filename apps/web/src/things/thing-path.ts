/** The page of a thing, by its reference (`aisystem:cs`, `model:cs@7`, `incident:inc-1`), behind `/w/<workspace>`; null where it has none. */
export function thingPath(reference: string): string | null {
  const colon = reference.indexOf(':')
  const id = reference.slice(colon + 1).split('@', 1)[0] ?? ''
  const room = ROOMS[reference.slice(0, colon)]
  return room === undefined || id === '' ? null : `${room}/${encodeURIComponent(id)}`
}

const ROOMS: Readonly<Record<string, string | undefined>> = {
  aisystem: '/systems',
  model: '/models',
  dataset: '/datasets',
  incident: '/incidents',
  approval: '/approvals',
}
