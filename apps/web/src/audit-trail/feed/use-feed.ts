import { useEffect, useState, useSyncExternalStore } from 'react'
import { openTrailFeed, type TrailFeed } from './trail-feed.ts'
import { type TrailAsked, trailSource } from './trail-source.ts'
import { type TrailState, untouched } from './trail-state.ts'

/** The feed of a filter while it is shown; null asks nothing. What was read for another filter is never returned. */
export function useFeed(asked: TrailAsked | null): { readonly feed: TrailFeed | null; readonly state: TrailState } {
  const key = asked === null ? null : JSON.stringify([asked.workspace, asked.filter, asked.order, asked.asOf])
  const [open, setOpen] = useState<{ readonly key: string; readonly feed: TrailFeed } | null>(null)

  useEffect(() => {
    if (asked === null || key === null) return
    const feed = openTrailFeed(trailSource(asked))
    setOpen({ key, feed })
    const back = () => feed.retry()
    addEventListener('online', back)
    return () => {
      removeEventListener('online', back)
      feed.close()
    }
    // The key says everything of `asked` that matters.
  }, [key])

  const feed = open !== null && open.key === key ? open.feed : null
  const state = useSyncExternalStore(feed?.subscribe ?? noSubscription, feed?.state ?? unasked)
  return { feed, state }
}

function noSubscription(): () => void {
  return () => {}
}

function unasked(): TrailState {
  return untouched
}
