import { expect, it } from 'vitest'
import { thingPath } from './thing-path.ts'

it.each([
  ['aisystem:credit-scoring', '/systems/credit-scoring'],
  ['model:cs@7', '/models/cs'],
  ['incident:inc-1', '/incidents/inc-1'],
  ['supplier:acme', null],
  ['model:', null],
])('%s leads to %s', (reference, path) => expect(thingPath(reference)).toBe(path))
