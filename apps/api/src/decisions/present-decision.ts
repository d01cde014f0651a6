import { presentReceipt, upperSnake } from '../append/present-outcome.ts'
import type { DecisionOutcome } from './decision-desk.ts'

/** `DecisionResult` of the SDL. */
export function presentDecision(outcome: DecisionOutcome) {
  switch (outcome.status) {
    case 'recorded': {
      const position = outcome.receipts.reduce((greatest, receipt) => (receipt.position > greatest ? receipt.position : greatest), '')
      return { __typename: 'DecisionRecorded', receipts: outcome.receipts.map(presentReceipt), position }
    }
    case 'refused':
      return { __typename: 'DecisionRefused', reason: outcome.reason, message: outcome.message, path: outcome.path }
    case 'not-recorded':
      return presentRefusal(outcome)
  }
}

function presentRefusal({ refusal: { code, reason, message }, path }: Extract<DecisionOutcome, { status: 'not-recorded' }>) {
  if (code === 'NotAllowed' || code === 'DecisionNeedsAPerson') return { __typename: 'NotAllowed', message }
  return { __typename: 'DecisionRefused', reason: upperSnake(reason ?? code), message, path }
}
