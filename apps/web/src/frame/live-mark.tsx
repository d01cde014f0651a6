import { TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Following } from '../reading/follow-record.ts'
import { may } from '../session/may.ts'
import { useSession } from '../session/use-session.ts'
import { announce } from '../ui/announce.ts'
import { Button } from '../ui/button.tsx'

/** Keeps what is shown as the record is. Says when it can't: then what stands here may be behind. `quiet`: the page shows the past, which doesn't change. */
export function LiveMark({ quiet }: { readonly quiet: boolean }) {
  const session = useSession()
  const [status, setStatus] = useState<Following>('connecting')

  useEffect(() => {
    if (!may(session.viewer, 'read-the-record')) return
    let stop: (() => void) | null = null
    let here = true
    import('../reading/follow-record.ts').then(
      ({ followRecord }) => {
        if (here) stop = followRecord(session, setStatus)
      },
      (error: unknown) => {
        console.warn('The code that follows the record could not be fetched.', error)
        setStatus('lost')
      },
    )
    return () => {
      here = false
      stop?.()
    }
  }, [session])

  useEffect(() => {
    if (quiet) return
    if (status === 'lost') announce('Connection lost. What is shown may be behind; it is caught up when the connection is back.')
    if (status === 'refused') announce('Signed out. What is shown may be behind.')
  }, [status, quiet])

  if (status === 'refused') {
    return (
      <Button
        look="quiet"
        icon={<TriangleAlert aria-hidden className="text-warn" />}
        data-tip="The session has ended: what is shown may be behind. Click to sign in again."
        onClick={() => location.reload()}
      >
        <span className="max-md:heard">Signed out</span>
      </Button>
    )
  }
  if (status !== 'lost' || quiet) return null
  return (
    <span
      data-tip="Connection lost: what is shown may be behind. It is caught up when the connection is back."
      className="inline-flex h-6 shrink-0 items-center gap-1.5 rounded-full bg-warn-soft px-2 text-xs font-medium text-warn"
    >
      <span aria-hidden className="shimmer size-2 rounded-full bg-warn" />
      <span className="max-md:heard">Reconnecting</span>
    </span>
  )
}
