import { describe, expect, test } from 'vitest'
import { eventType, eventTypes } from './event-types.ts'
import { evidenceOf } from './evidence-of.ts'
import { parseEvent } from './parse-event.ts'
import { evidenceKinds } from './regulation/vocabulary.ts'
import { type FieldNode, objectTree } from './schema/field-tree.ts'

const AT = '2026-03-04T07:15:00.000Z'
const STREAM = /^[a-z][a-z0-9]{0,49}-[a-z0-9][a-z0-9._~-]{0,127}$/
const REFERENCE = /^[a-z][a-z0-9]{0,49}:[a-z0-9][a-z0-9._~-]{0,99}(@[a-z0-9][a-z0-9._~-]{0,99})?$/

function everyField(node: FieldNode, path: string, see: (path: string, node: FieldNode) => void): void {
  see(path, node)
  if (node.kind === 'list') everyField(node.item, `${path}[]`, see)
  if (node.kind === 'object') for (const [key, member] of node.members) everyField(member, `${path}.${key}`, see)
  if (node.kind === 'variants') for (const option of node.options) everyField(option, path, see)
}

test('names are there once, in the past or as states, and found by name', () => {
  expect(new Set(eventTypes.map(({ name }) => name)).size).toBe(eventTypes.length)
  for (const type of eventTypes) {
    expect(type.name).toMatch(/^[A-Z][A-Za-z]+$/)
    expect(eventType(type.name)).toBe(type)
  }
  expect(eventType('constructor')).toBeUndefined()
})

test('a document counts as the kind that it names, the others as those of their type', () => {
  expect(evidenceOf('DocumentAttached', { kind: 'instructions-for-use' })).toEqual(['instructions-for-use'])
  expect(evidenceOf('DocumentAttached', {})).toEqual([])
  expect(evidenceOf('BiasAudited', {})).toEqual(['bias-audit'])
  expect(evidenceOf('NoSuchEvent', {})).toEqual([])
})

describe.each(eventTypes.map((type) => [type.name, type] as const))('%s', (name, type) => {
  test('its example is accepted and goes to a stream that can be named', () => {
    const outcome = parseEvent(name, type.example, AT)
    expect(outcome).toMatchObject({ status: 'parsed', event: { type: name, version: 1, stream: expect.stringMatching(STREAM) } })
    if (outcome.status === 'parsed') for (const reference of outcome.event.about) expect(reference).toMatch(REFERENCE)
  })

  test('evidence kinds exist', () => {
    for (const kind of type.evidence) expect(evidenceKinds).toContain(kind)
  })

  test('every field is described, in a sentence', () => {
    expect(type.description).toMatch(/^[A-Z].{5,200}\.$/)
    everyField(objectTree(type.schema), name, (path, node) =>
      expect({ path, description: node.description }).toEqual({ path, description: expect.stringMatching(/^[A-Z].*[.…]$/) }),
    )
  })

  test('nobody is named in a public stream or reference', () => {
    const outcome = parseEvent(name, type.example, AT)
    if (outcome.status !== 'parsed' || ['person', 'subject'].includes(String(type.stream))) return
    expect([outcome.event.stream, ...outcome.event.about].join()).not.toMatch(/\b(per|sub)_/)
  })

  test('decisions are recorded by people or by the ledger for them', () => {
    if (type.decision) expect(type.recordedBy).not.toBe('sender')
    if (type.recordedBy === 'person') expect(type.decision).toBe(true)
  })
})
