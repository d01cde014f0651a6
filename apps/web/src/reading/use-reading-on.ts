import { useEffect } from 'react'
import { useSession } from '../session/use-session.ts'
import { readingClient } from './reading-client.ts'

/** Reads these root fields again and again while it is `active` and the page is seen: for what changes without an event. */
export function useReadingOn(fields: string, active: boolean, every: number): void {
  const { viewer } = useSession()
  const workspace = viewer.workspace.id
  useEffect(() => {
    if (!active) return
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') readingClient(workspace).again(new Set(fields.split(' ')))
    }, every)
    return () => clearInterval(timer)
  }, [active, every, fields, workspace])
}
