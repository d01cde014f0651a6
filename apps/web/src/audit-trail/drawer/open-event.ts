import { createContext, use } from 'react'
import type { WholeEvent } from '../trail-documents.ts'

/** The event that the drawer shows, for whatever of it is shown deep within. */
export interface OpenEvent {
  readonly event: WholeEvent
  /** Reads it again. */
  readonly again: () => void
}

export const OpenEventContext = createContext<OpenEvent | null>(null)

/** @throws outside of the drawer. */
export function useOpenEvent(): OpenEvent {
  const open = use(OpenEventContext)
  if (open === null) throw new Error('expected an event in the drawer, found none')
  return open
}
