import { expect, test } from 'vitest'
import { commandScore } from './command-score.ts'

const keys = ['API keys', 'page settings services secret revoke', 'Go to']
const compare = ['Compare two dates…', 'side by side difference with', 'Time']

test.each([
  ['', keys, 1],
  ['api k', keys, 1],
  ['keys', keys, 0.8],
  ['revoke', keys, 0.5],
  ['go api', keys, 0.5],
  ['credit', compare, 0],
  ['compare dates', compare, 0.8],
])('“%s” in %j scores %d', (typed, texts, score) => expect(commandScore(typed, texts)).toBe(score))
