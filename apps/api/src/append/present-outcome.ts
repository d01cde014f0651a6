import type { Receipt } from '@annal/ledger'
import type { AppendOutcome, Refusal } from './refusal.ts'

/** As the SDL has it. */
export function presentOutcome(outcome: AppendOutcome) {
  return outcome.status === 'recorded' ? presentReceipt(outcome) : presentRefusal(outcome)
}

export function presentReceipt({ id, stream, streamVersion, position, recordedAt, repeated, erased }: Receipt) {
  return { __typename: 'Receipt', id, stream, streamVersion: String(streamVersion), position, recordedAt, repeated, erased }
}

function presentRefusal({ id, code, message, path }: Refusal) {
  return { __typename: 'Refusal', id, code: upperSnake(code), message, path: path === '' ? null : path }
}

/** `SiblingRefused` → `SIBLING_REFUSED`. */
export function upperSnake(code: string): string {
  return code.replace(/(?!^)[A-Z]/g, '_$&').toUpperCase()
}

/** Of the receipts; null without one. */
export function greatestPosition(outcomes: readonly AppendOutcome[]): string | null {
  let greatest: string | null = null
  for (const outcome of outcomes)
    if (outcome.status === 'recorded' && (greatest === null || outcome.position > greatest)) greatest = outcome.position
  return greatest
}
