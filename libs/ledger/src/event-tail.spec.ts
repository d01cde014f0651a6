import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anEvent } from './event-store.contract.ts'
import { tailProblem } from './event-tail.ts'

const stream = fc
  .tuple(fc.constantFrom('ws_a', 'ws_a2', 'w'), fc.stringMatching(/^[a-z0-9][a-z0-9._~-]{0,40}$/))
  .map(([ws, id]) => `${ws}.aisystem-${id}`)
const columns = fc.record({ stream, streamVersion: fc.nat(), id: fc.uuid(), type: fc.stringMatching(/^[A-Z][A-Za-z0-9]{0,30}$/) })

describe('the end of event bytes', () => {
  it('says what the columns say, and nothing else, whatever the data is', () => {
    fc.assert(
      fc.property(columns, columns, fc.dictionary(fc.string(), fc.jsonValue()), (mine, other, data) => {
        const { bytes } = anEvent(mine.stream, mine.streamVersion, { ...mine, data })
        expect(tailProblem(bytes, mine)).toBeNull()
        for (const member of ['stream', 'streamVersion', 'id', 'type'] as const) {
          if (other[member] === mine[member]) continue
          expect(tailProblem(bytes, { ...mine, [member]: other[member] }), member).not.toBeNull()
        }
      }),
    )
  })

  it('is not deceived by data that looks like it', () => {
    const mine = { stream: 'ws_a.aisystem-a', streamVersion: 3, id: '00000000-0000-4000-8000-000000000001', type: 'SystemChanged' }
    const text = Buffer.from(anEvent('ws_a.aisystem-b', 3, mine).bytes).toString()
    const nested = JSON.parse(text) as Record<string, unknown>
    for (const data of [nested, { text }, { text: text.replaceAll('"', '\\"') }, { [text]: text }]) {
      const { bytes } = anEvent('ws_a.aisystem-a', 4, { ...mine, streamVersion: 4, data })
      expect(tailProblem(bytes, mine)).not.toBeNull()
    }
  })

  it('is found wanting in bytes of any kind', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), columns, (bytes, any) => {
        expect(tailProblem(bytes, any)).toMatch(/^expected/)
      }),
    )
  })
})
