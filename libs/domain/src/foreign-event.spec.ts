import { expect, test } from 'vitest'
import { eventTypes } from './event-types.ts'
import { foreignEvent } from './foreign-event.ts'
import { parseEvent } from './parse-event.ts'

const OWN = 'ws_k7m2q9x4t1'
const AT = '2026-04-14T08:00:00.000Z'

const parsed = (type: string, data: unknown) => {
  const outcome = parseEvent(type, data, AT)
  if (outcome.status === 'refused') throw new Error(`expected ${type} to be read, found ${outcome.message}`)
  return outcome.event
}

const naming = eventTypes.filter(({ example }) => JSON.stringify(example).includes(`"${OWN}.`))

test('some types name events', () => {
  expect(naming.length).toBeGreaterThan(5)
})

test.each(naming.map((type) => [type.name, type.example] as const))('%s names events of its own workspace alone', (name, example) => {
  const event = parsed(name, example)
  expect(foreignEvent(event, OWN)).toBeNull()
  expect(foreignEvent(event, 'ws_k7m2q9x4t')).toMatch(/^(?:\/[A-Za-z0-9]+)+$/)
})

test('of a correction, the event that it corrects counts and what its data names', () => {
  const gate = naming.find(({ name }) => name === 'StageGatePassed')
  const of = (workspace: string) => ({
    type: 'EventCorrected',
    data: { event: `${workspace}.project-p/0192f3c4-0000-7000-8000-0000000000a1`, type: gate?.name, data: gate?.example },
  })
  expect(foreignEvent(of(OWN), OWN)).toBeNull()
  expect(foreignEvent(of('ws_other00000'), OWN)).toBe('/event')
  expect(foreignEvent(of('ws_other00000'), 'ws_other00000')).toMatch(/^\/data\//)
})
