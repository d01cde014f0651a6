import { describe, expect, it } from 'vitest'
import { destroyedBy } from './destruction.ts'

const event = { id: '0190f3b2-7c1e-7aa0-9d5e-3f1c2b4a5d6e', stream: 'acme.decision-cs~2026-04-14~b' }
const recorded = (id: string, data: unknown) => ({
  node: { id, data, actor: { kind: 'PERSON' as const, id: 'per_ada' }, recordedAt: '2026-05-01T00:00:00.000Z' },
})
const redacted = (id: string, path: string, of = event, reason: unknown = 'By mistake.') =>
  recorded(id, { event: `${of.stream}/${of.id}`, path, reason })
const erased = recorded('erased', { subject: 'sub_x', ground: 'request' })

describe('the key of a field was destroyed by', () => {
  it('the redaction of this field of this event', () => {
    const redactions = {
      edges: [redacted('a', '/note'), redacted('b', '/reason', { ...event, stream: 'acme.other-1' }), redacted('c', '/reason')],
    }
    expect(destroyedBy(event, '/reason', { redactions, erasures: { edges: [] } })).toMatchObject({
      how: 'redacted',
      by: { id: 'c' },
      reason: 'By mistake.',
    })
    expect(destroyedBy(event, '/other', { redactions, erasures: { edges: [] } })).toBeNull()
  })

  it('the erasure of its data subject, unless it was redacted before', () => {
    const erasures = { edges: [erased] }
    expect(destroyedBy(event, '/reason', { redactions: { edges: [] }, erasures })).toMatchObject({ how: 'erased', reason: null })
    expect(destroyedBy(event, '/reason', { redactions: { edges: [redacted('a', '/reason')] }, erasures })?.by.id).toBe('a')
  })

  it('a redaction whose own reason is erased', () => {
    const redactions = { edges: [redacted('a', '/reason', event, { erased: true })] }
    expect(destroyedBy(event, '/reason', { redactions, erasures: { edges: [] } })?.reason).toBeNull()
  })
})
