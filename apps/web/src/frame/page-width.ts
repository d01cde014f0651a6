import { useSyncExternalStore } from 'react'
import { useMedia } from '../ui/use-media.ts'
import { usePreferences } from './preferences.ts'

const RAIL_OPEN = 208
const RAIL_NARROW = 52
/** What scrolls within the page has a bar of its own on some systems. */
const SCROLLBAR = 16

/** Whether the rail shows words. */
export function useRailOpen(): boolean {
  const wide = useMedia('(min-width: 1024px)')
  return usePreferences().rail === 'open' && wide
}

/** How many pixels a list has beside the rail. */
export function usePageWidth(): number {
  const width = useSyncExternalStore(subscribe, () => innerWidth)
  return width - (useRailOpen() ? RAIL_OPEN : RAIL_NARROW) - SCROLLBAR
}

function subscribe(listener: () => void): () => void {
  addEventListener('resize', listener)
  return () => removeEventListener('resize', listener)
}
