import { History, Play, RotateCw, TriangleAlert } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { announce } from '../../ui/announce.ts'
import { Button } from '../../ui/button.tsx'
import type { TailState } from '../feed/trail-state.ts'
import { useTrail } from '../trail-context.ts'

/** Whether new events are followed; pauses and resumes, and says when the connection is lost. */
export function TailControl() {
  const { state, feed, order, problems } = useTrail()
  // Newest first there is nothing to wait for but the first page.
  const status = state.tail.status === 'waiting' && order === 'NEWEST_FIRST' ? 'connecting' : state.tail.status
  useAnnouncedLoss(status)
  if (problems.length > 0 || state.list.status === 'failed') return null
  if (status === 'past') return <Unchanging />
  const { icon, label, tip, act } = describe(status, feed)
  return (
    <Button look="quiet" icon={icon} data-tip={tip} aria-label={`${label}. ${tip}`} disabled={feed === null} onClick={act}>
      {label}
    </Button>
  )
}

function Unchanging() {
  return (
    <span
      data-tip="The past does not change: nothing new is followed"
      className="inline-flex h-8 shrink-0 items-center gap-1.5 px-2.5 text-sm font-medium text-ink-3"
    >
      <History aria-hidden className="size-4 shrink-0" />
      Past<span className="heard">, which does not change</span>
    </span>
  )
}

interface Description {
  readonly icon: ReactNode
  readonly label: string
  readonly tip: string
  readonly act: (() => void) | undefined
}

function describe(status: Exclude<TailState['status'], 'past'>, feed: ReturnType<typeof useTrail>['feed']): Description {
  switch (status) {
    case 'live':
      return { icon: <Dot className="bg-accent" />, label: 'Live', tip: 'New events are followed. Click to pause', act: feed?.pause }
    case 'connecting':
      return {
        icon: <Dot className="shimmer bg-line-strong" />,
        label: 'Connecting',
        tip: 'Going to follow new events. Click to pause',
        act: feed?.pause,
      }
    case 'waiting':
      return {
        icon: <Dot className="bg-line-strong" />,
        label: 'At the end',
        tip: 'New events are followed once the end of the list is loaded. Click to pause',
        act: feed?.pause,
      }
    case 'paused':
      return { icon: <Play aria-hidden />, label: 'Paused', tip: 'Click to go on without gap', act: feed?.resume }
    case 'lost':
      return {
        icon: <TriangleAlert aria-hidden className="text-warn" />,
        label: 'Reconnecting',
        tip: 'Connection lost. Click to try at once',
        act: feed?.retry,
      }
    case 'refused':
      return {
        icon: <TriangleAlert aria-hidden className="text-warn" />,
        label: 'Signed out',
        tip: 'The session has ended. Click to sign in again',
        act: () => location.reload(),
      }
  }
}

function Dot({ className }: { readonly className: string }) {
  return (
    <span aria-hidden className="flex size-4 items-center justify-center">
      <span className={`size-2 rounded-full ${className}`} />
    </span>
  )
}

/** Over the list while the connection is lost: what stands there may be behind. */
export function LostBand() {
  const { state, feed } = useTrail()
  if (state.tail.status !== 'lost') return null
  return (
    <p className="flex items-center justify-center gap-2 bg-warn-soft px-4 py-1.5 text-xs text-warn" data-print="no">
      <TriangleAlert aria-hidden className="size-3.5" />
      Connection lost: newer events may be missing here. They are caught up when it is back.
      <button type="button" onClick={feed?.retry} className="inline-flex items-center gap-1 font-medium underline underline-offset-2">
        <RotateCw aria-hidden className="size-3" />
        Try now
      </button>
    </p>
  )
}

function useAnnouncedLoss(status: TailState['status']): void {
  const before = useRef(status)
  useEffect(() => {
    if (status === 'lost' && before.current !== 'lost') announce('Connection lost. New events will be caught up.')
    if (status === 'live' && before.current === 'lost') announce('Connected again. Nothing was missed.')
    before.current = status
  }, [status])
}
