import { describe, expect, it } from 'vitest'
import type { SealedLog } from './seal-documents.ts'
import { sealStateOf } from './seal-state.ts'

const head = { size: '12', root: 'ab', signedAt: '2026-11-21T08:00:00.000Z', witnessedBy: ['w1'], timestampedAt: null }
const open: SealedLog = {
  state: 'OPEN',
  reason: null,
  treeSize: '12',
  unsealed: 0,
  lagMilliseconds: 0,
  witnessQuorum: 1,
  head,
  witnesses: [],
}

describe('the seal', () => {
  it.each([
    ['nothing is known', null, 'unknown'],
    ['no head was signed', { ...open, head: null }, 'unknown'],
    ['a head is signed and witnessed', open, 'sealed'],
    ['nobody outside cosigns', { ...open, witnessQuorum: 0 }, 'unwitnessed'],
    ['too few cosigned', { ...open, witnessQuorum: 2 }, 'unwitnessed'],
    ['events wait for long', { ...open, unsealed: 3, lagMilliseconds: 60_000 }, 'late'],
    ['the log was closed', { ...open, state: 'CLOSED', reason: 'fork' }, 'failed'],
    ['a check failed', { ...open, state: 'FAILED' }, 'failed'],
  ] as const)('when %s', (_, log, mark) => expect(sealStateOf(log).mark).toBe(mark))
})
