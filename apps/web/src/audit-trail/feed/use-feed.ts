import type { Client } from '@urql/core'
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { EventFilter } from '../filter/event-filter.ts'
import type { TrailOrder } from '../trail-documents.ts'
import { openTrailFeed, type TrailFeed } from './trail-feed.ts'
import { trailSource } from './trail-source.ts'
import { type TrailState, untouched } from './trail-state.ts'

interface Asked {
  readonly client: Client
  readonly workspace: string
  readonly filter: EventFilter
  readonly order: TrailOrder
}

/** The feed of a filter while it is shown; null asks nothing. What was read for another filter is never returned. */
export function useFeed(asked: Asked | null): { readonly feed: TrailFeed | null; readonly state: TrailState } {
  const key = asked === null ? null : JSON.stringify([asked.workspace, asked.filter, asked.order])
  const [open, setOpen] = useState<{ readonly key: string; readonly feed: TrailFeed } | null>(null)

  useEffect(() => {
    if (asked === null || key === null) return
    const feed = openTrailFeed(trailSource(asked.client, asked.workspace, asked.filter, asked.order))
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
