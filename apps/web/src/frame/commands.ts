import { useEffect, useRef, useSyncExternalStore } from 'react'

/** Something that the palette can do. */
export interface Command {
  readonly id: string
  readonly group: string
  readonly title: string
  /** Further words that find it. */
  readonly keywords?: string
  readonly keys?: string
  readonly run: () => void
}

let registered: readonly { readonly owner: symbol; readonly commands: () => readonly Command[] }[] = []
const listeners = new Set<() => void>()

/** Offers commands in the palette while the calling component is shown. They are made when the palette opens. */
export function useCommands(commands: () => readonly Command[]): void {
  const latest = useRef(commands)
  latest.current = commands
  useEffect(() => {
    const owner = Symbol('commands')
    change([...registered, { owner, commands: () => latest.current() }])
    return () => change(registered.filter((entry) => entry.owner !== owner))
  }, [])
}

/** All commands of what is shown now, the page's before the frame's. */
export function useAllCommands(): readonly Command[] {
  const entries = useSyncExternalStore(subscribe, () => registered)
  return entries.flatMap((entry) => entry.commands())
}

function change(next: typeof registered): void {
  registered = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
