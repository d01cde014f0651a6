import type { ResultOf, VariablesOf } from 'gql.tada'
import { graphql } from '../graphql/graphql.ts'

export const webhooksQuery = graphql(`
  query Webhooks($first: Int, $after: String) {
    webhooks(first: $first, after: $after) {
      edges { node { id url state types configuredAt failing paused undelivered lastDelivery } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export const deliveriesQuery = graphql(`
  query Deliveries($webhook: ID, $state: DeliveryState, $first: Int, $after: String) {
    deliveries(webhook: $webhook, state: $state, first: $first, after: $after) {
      edges { node { id webhook event type state attempts nextAttemptAt deliveredAt lastStatus lastError } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export const configureWebhook = graphql(`
  mutation ConfigureWebhook($input: ConfigureWebhookInput!) {
    configureWebhook(input: $input) {
      __typename
      ... on WebhookConfigured { secret webhook { id } }
      ... on InvalidInput { message path }
      ... on NotAllowed { message }
    }
  }
`)

export const replayDelivery = graphql(`
  mutation ReplayDelivery($id: ID!) {
    replayDelivery(id: $id) {
      __typename
      ... on Delivery { id state attempts }
      ... on NotFound { message }
      ... on NotAllowed { message }
    }
  }
`)

export type Webhook = ResultOf<typeof webhooksQuery>['webhooks']['edges'][number]['node']
export type Delivery = ResultOf<typeof deliveriesQuery>['deliveries']['edges'][number]['node']
export type ConfigureWebhookInput = VariablesOf<typeof configureWebhook>['input']
