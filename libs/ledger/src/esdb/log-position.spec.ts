import { bigInt, assert as hold, property, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comparePositions, type Position } from '../event-store.ts'
import { logPosition, positionText } from './log-position.ts'

const MAX = 2n ** 63n - 1n
const positions = tuple(bigInt(0n, MAX), bigInt(0n, MAX)).map(([commit, prepare]) => ({ commit, prepare }))

describe('a position in the log', () => {
  it('comes back from its text', () => {
    hold(
      property(positions, (position) => {
        expect(logPosition(positionText(position))).toEqual(position)
      }),
    )
  })

  it('compares as text as it does in the log', () => {
    hold(
      property(positions, positions, (a, b) => {
        const inLog = a.commit === b.commit ? a.prepare - b.prepare : a.commit - b.commit
        expect(comparePositions(positionText(a), positionText(b))).toBe(inLog < 0n ? -1 : inLog > 0n ? 1 : 0)
      }),
    )
  })

  it.each(['', '0000000000000001', '0'.repeat(33), '00000000000000AB-00000000000000AB'])('is not %j', (text) => {
    expect(() => logPosition(text as Position)).toThrow(/expected a position of the EventStoreDB store/)
  })

  it('is missed where an old server does not tell it', () => {
    expect(() => positionText({ commit: 2n ** 64n - 1n, prepare: 2n ** 64n - 1n })).toThrow(/22\.6 or later/)
  })
})
