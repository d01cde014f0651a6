import { createContext, use } from 'react'
import type { Session } from './session.ts'

export const SessionContext = createContext<Session | null>(null)

/** The session of the page. @throws outside of a workspace's pages. */
export function useSession(): Session {
  const session = use(SessionContext)
  if (session === null) throw new Error('expected a page within a workspace, found none')
  return session
}
