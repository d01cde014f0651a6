import { useEffect, useSyncExternalStore } from 'react'
import { readAll } from '../reading/read-all.ts'
import { readingClient } from '../reading/reading-client.ts'
import { useSession } from '../session/use-session.ts'
import { keyNames, peopleNames } from './people-documents.ts'

type Names = ReadonlyMap<string, string | null>

const NOBODY: Names = new Map()
const AT_MOST_EVERY = 10_000
const known = new Map<string, Names>()
const asked = new Map<string, number>()
const listeners = new Set<() => void>()

/** Who records what follows from the record. */
const ANNAL = 'annal'

/** The name of a person of the workspace, of a key, or of Annal itself; null while it isn't known, or when it is erased or was never set. */
export function usePersonName(id: string): string | null {
  const { viewer } = useSession()
  const workspace = viewer.workspace.id
  const names = useSyncExternalStore(subscribe, () => known.get(workspace) ?? NOBODY)
  const missing = /^(per|ak)_/.test(id) && !names.has(id)
  useEffect(() => {
    if (missing) void readNames(workspace)
  }, [missing, workspace])
  return id === ANNAL ? 'Annal' : (names.get(id) ?? null)
}

/** The reader's own, as it was last read or changed. Nothing is asked for it: not everybody may read names. */
export function useOwnName(): string | null {
  const { viewer } = useSession()
  const names = useSyncExternalStore(subscribe, () => known.get(viewer.workspace.id) ?? NOBODY)
  return names.get(viewer.id) ?? viewer.name
}

/** Somebody has another name from now on. */
export function renamed(workspace: string, id: string, name: string): void {
  known.set(workspace, new Map(known.get(workspace)).set(id, name))
  for (const listener of listeners) listener()
}

/** Reads all names at once; whoever is unknown then isn't asked for again before a while. */
async function readNames(workspace: string): Promise<void> {
  if (Date.now() - (asked.get(workspace) ?? 0) < AT_MOST_EVERY) return
  asked.set(workspace, Date.now())
  const { client } = readingClient(workspace)
  try {
    const people = await readAll({ client, document: peopleNames, variables: {}, connectionOf: (data) => data.people })
    const keys = await readAll({ client, document: keyNames, variables: {}, connectionOf: (data) => data.events })
    const named = keys.map(({ data }) => [textIn(data, 'key') ?? '', textIn(data, 'name')] as const)
    known.set(workspace, new Map([...named, ...people.map(({ id, name }) => [id, name] as const)]))
    for (const listener of listeners) listener()
  } catch (error) {
    console.warn('Names could not be read; ids are shown.', error)
  }
}

function textIn(data: unknown, field: string): string | null {
  const value = typeof data === 'object' && data !== null ? Reflect.get(data, field) : null
  return typeof value === 'string' ? value : null
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
