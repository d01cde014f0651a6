import { useSyncExternalStore } from 'react'

/** What a reader likes, kept in this browser. What a link should carry stands in the URL instead. */
export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark'
  readonly density: 'comfortable' | 'dense'
  readonly rail: 'open' | 'narrow'
  /** Single-key shortcuts can be turned off: they disturb speech input (WCAG 2.1.4). */
  readonly singleKeys: boolean
  /** Names of the trail's columns, or null for the page's own choice. */
  readonly columns: readonly string[] | null
  /** The same of each other list, by its name. */
  readonly lists: Readonly<Record<string, readonly string[]>>
}

const KEY = 'annal.preferences'
const DEFAULTS: Preferences = { theme: 'system', density: 'comfortable', rail: 'open', singleKeys: true, columns: null, lists: {} }

let current = read()
const listeners = new Set<() => void>()

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences)
}

export function preferences(): Preferences {
  return current
}

export function prefer(change: Partial<Preferences>): void {
  current = { ...current, ...change }
  write(current)
  for (const listener of listeners) listener()
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function read(): Preferences {
  const stored = readStorage()
  return {
    theme: oneOf(stored.theme, ['system', 'light', 'dark']) ?? DEFAULTS.theme,
    density: oneOf(stored.density, ['comfortable', 'dense']) ?? DEFAULTS.density,
    rail: oneOf(stored.rail, ['open', 'narrow']) ?? DEFAULTS.rail,
    singleKeys: stored.singleKeys !== false,
    columns: Array.isArray(stored.columns) ? names(stored.columns) : null,
    lists: listsOf(stored.lists),
  }
}

function readStorage(): { readonly [Key in keyof Preferences]?: unknown } {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    return typeof value === 'object' && value !== null ? value : {}
  } catch (error) {
    console.warn('The stored preferences can’t be read; the defaults are used.', error)
    return {}
  }
}

function write(preferences: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences))
  } catch (error) {
    console.warn('The preferences can’t be stored; they last until this page is closed.', error)
  }
}

function names(list: readonly unknown[]): readonly string[] {
  return list.filter((name) => typeof name === 'string')
}

function listsOf(stored: unknown): Preferences['lists'] {
  if (typeof stored !== 'object' || stored === null) return {}
  return Object.fromEntries(Object.entries(stored).flatMap(([name, list]) => (Array.isArray(list) ? [[name, names(list)]] : [])))
}

function oneOf<Value extends string>(value: unknown, values: readonly Value[]): Value | null {
  return values.find((candidate) => candidate === value) ?? null
}
