import { Kind, parse } from 'graphql'
import { expect, test } from 'vitest'
import { compileAppend } from './compile-append.ts'

const RECEIPT = { status: 'recorded', repeated: false, erased: false, recordedAt: '2026-03-01T08:00:00.000Z' } as const
const first = {
  ...RECEIPT,
  id: '0192f3c4-0000-7000-8000-000000000001',
  stream: 'ws_a.model-m',
  streamVersion: 7,
  position: '0000000000000012',
}
const refused = {
  status: 'refused',
  id: '0192f3c4-0000-7000-8000-000000000002',
  code: 'InvalidEvent',
  message: 'a "quote"',
  path: '',
} as const

function compile(source: string) {
  const [definition] = parse(source).definitions
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('expected an operation')
  return compileAppend(definition)
}

test('what emitting services send is compiled, and writes what was asked for', () => {
  const compiled = compile(`mutation Append($events: [EventEnvelopeInput!]!) {
    append(events: $events) { outcomes { __typename ... on Receipt { position streamVersion } ... on Refusal { code message path } } position }
  }`)
  expect(compiled).toMatchObject({ key: 'append', variable: 'events' })
  expect(JSON.parse(compiled?.write([first, refused]) ?? '')).toEqual({
    data: {
      append: {
        outcomes: [
          { __typename: 'Receipt', position: '0000000000000012', streamVersion: '7' },
          { __typename: 'Refusal', code: 'INVALID_EVENT', message: 'a "quote"', path: null },
        ],
        position: '0000000000000012',
      },
    },
  })
})

test.each([
  ['a second field', 'mutation A($e: [E!]!) { append(events: $e) { position } subjectFor(reference: "a") { id } }'],
  ['another mutation', 'mutation A($e: [E!]!) { revokeApiKey(events: $e) { position } }'],
  ['events in the document', 'mutation A { append(events: []) { position } }'],
  ['a directive', 'mutation A($e: [E!]!, $if: Boolean!) { append(events: $e) { position @include(if: $if) } }'],
  ['a directive within', 'mutation A($e: [E!]!) { append(events: $e) { outcomes { ... on Receipt @skip(if: true) { id } } } }'],
  ['a named fragment', 'mutation A($e: [E!]!) { append(events: $e) { outcomes { ...R } } } fragment R on Receipt { id }'],
  [
    'selections to be merged',
    'mutation A($e: [E!]!) { append(events: $e) { outcomes { __typename } outcomes { ... on Receipt { id } } } }',
  ],
  ['a field that it does not know', 'mutation A($e: [E!]!) { append(events: $e) { outcomes { ... on Receipt { constructor } } } }'],
])('%s goes the general way', (_what, source) => {
  expect(compile(source)).toBeNull()
})
