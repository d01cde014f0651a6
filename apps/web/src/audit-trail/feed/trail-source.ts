import type { Client } from '@urql/core'
import { ask } from '../../graphql/client.ts'
import type { Answer } from '../../graphql/problem.ts'
import type { EventFilter } from '../filter/event-filter.ts'
import { type TrailOrder, trailCount, trailEnd, trailPage } from '../trail-documents.ts'
import { connectTailLater } from './connect-tail-later.ts'
import type { TrailSource } from './trail-feed.ts'
import type { Page } from './trail-state.ts'

const PAGE = 100

export interface TrailAsked {
  /** Reads as of the instant, if there is one. */
  readonly client: Client
  readonly workspace: string
  readonly filter: EventFilter
  readonly order: TrailOrder
  readonly asOf: string | null
}

/** The API as a trail's source. */
export function trailSource({ client, workspace, filter, order, asOf }: TrailAsked): TrailSource {
  return {
    order,
    page: async (after): Promise<Answer<Page>> => {
      const answer = await ask(client, trailPage, { filter, first: PAGE, after, order })
      if (answer.status === 'failed') return answer
      const { edges, pageInfo } = answer.data.events
      return {
        status: 'answered',
        data: { events: edges.map(({ node }) => node), after: pageInfo.hasNextPage ? pageInfo.endCursor : null },
      }
    },
    count: async () => {
      const answer = await ask(client, trailCount, { filter })
      return answer.status === 'failed' ? answer : { status: 'answered', data: answer.data.events.count }
    },
    end: async () => {
      const answer = await ask(client, trailEnd, {})
      return answer.status === 'failed' ? answer : { status: 'answered', data: answer.data.events.edges[0]?.node.position ?? null }
    },
    tail: asOf === null ? connectTailLater(workspace, filter) : null,
  }
}
