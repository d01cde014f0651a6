import { expect, it } from 'vitest'
import { nearestName } from './nearest-name.ts'

it.each([
  ['BiasAudit', 'BiasAudited'],
  ['biasaudited', 'BiasAudited'],
  ['ModelRegisterd', 'ModelRegistered'],
  ['Weather', null],
])('%s → %s', (typed, meant) => expect(nearestName(typed, ['BiasAudited', 'ModelRegistered', 'DriftDetected'])).toBe(meant))
