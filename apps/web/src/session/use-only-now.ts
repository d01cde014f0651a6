import { useSession } from './use-session.ts'

export const ONLY_NOW = 'Decisions are made now: go back to now.'

/** For every button that records something: why it can't be pressed while the reader stands in the past. */
export function useOnlyNow(): { readonly unavailable?: string } {
  return useSession().inPast ? { unavailable: ONLY_NOW } : {}
}
