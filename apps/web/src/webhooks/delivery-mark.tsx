import { Status } from '../ui/status.tsx'
import type { Delivery } from './webhooks-documents.ts'

export const DELIVERY_STATES = {
  WAITING: { tone: 'not-yet', word: 'Waiting' },
  RETRYING: { tone: 'stale', word: 'Retrying' },
  DELIVERED: { tone: 'met', word: 'Delivered' },
  GIVEN_UP: { tone: 'missing', word: 'Given up' },
} as const

export function DeliveryMark({ state, quiet = false }: { readonly state: Delivery['state']; readonly quiet?: boolean }) {
  return <Status {...DELIVERY_STATES[state]} quiet={quiet} />
}
