import { expect, test } from 'vitest'
import { event, fold, given } from '../../testing/given.ts'
import { consultsState } from '../deciders.ts'

const made = event('DecisionMade')
const reviewed = event('DecisionReviewed')
const explained = event('ExplanationGiven')

test('one decision is made once', () => {
  given().when(made).isAccepted()
  given(made).when(made).isRefused('AlreadyMade', 'ContradictsRecord')
  given(made)
    .when(event('DecisionMade', { decisionId: 'dec-000918' }))
    .isAccepted()
})

test('reviews and explanations may come before the decision and more than once', () => {
  given().when(reviewed).isAccepted()
  given(reviewed).when(made).isAccepted()
  given(made, reviewed).when(reviewed).isAccepted()
  given(made).when(explained).isAccepted()
})

test('what is known of a decision', () => {
  expect(fold([made, explained, reviewed], 'decision')).toMatchObject({ status: 'made', reviewed: 'overridden', explained: true })
  expect(fold([reviewed], 'decision')).toMatchObject({ status: 'unmade', reviewed: 'overridden', explained: false })
  expect(fold([made, event('DecisionReviewed', { decisionId: 'dec-1' })], 'decision')).toMatchObject({
    decisionId: 'dec-000917',
    reviewed: null,
  })
})

test('their volume is high: no stream is read for them', () => {
  expect(['DecisionMade', 'DecisionReviewed', 'ExplanationGiven'].some(consultsState)).toBe(false)
})
