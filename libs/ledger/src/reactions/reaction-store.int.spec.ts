import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Position } from '../event-store.ts'
import { openPrivateDatabase } from '../keys/private-database.ts'
import { temporaryFolders } from '../sqlite/temporary-folder.ts'
import type { NewDelivery, WebhookConfiguration } from './delivery-store.ts'
import { REACTION_STORE_ID, reactionSchema } from './reaction-schema.ts'
import { type ReactionProgress, ReactionStore } from './reaction-store.ts'

const folder = temporaryFolders()
const nothing: ReactionProgress = { position: null, states: [], settled: [], armed: [], webhooks: [], deliveries: [] }
const at = (position: number) => String(position).padStart(16, '0') as Position
const owner = { rule: 'r', workspace: 'ws_1', thing: 'model:cs' }
const alarm = (name: string, due: string) => ({ ...owner, name, due })

function open(file = join(folder(), 'reactions.db')) {
  const store = ReactionStore.open(file)
  const reopened = () => {
    store.close()
    return ReactionStore.open(file)
  }
  return { store, reopened, file }
}

describe('what was committed', () => {
  test('is there after the file was opened anew', () => {
    const { store, reopened } = open()
    store.startRule({ rule: 'r', since: null, sinceAt: '2026-01-01T00:00:00.000Z' })
    store.commit({ ...nothing, position: at(7), states: [{ ...owner, value: '{"n":1}' }], armed: [alarm('a', '2026-02-01T00:00:00.000Z')] })
    const again = reopened()
    expect(again.cursor()).toBe(at(7))
    expect(again.rules()).toEqual([{ rule: 'r', since: null, sinceAt: '2026-01-01T00:00:00.000Z' }])
    expect(again.state(owner)).toBe('{"n":1}')
    expect(again.state({ ...owner, thing: 'model:other' })).toBeNull()
    expect(again.nextDue()).toBe('2026-02-01T00:00:00.000Z')
    again.close()
  })

  test('is there as a whole or not at all', () => {
    const { store } = open()
    const broken = { ...owner, value: null as unknown as string }
    expect(() => store.commit({ ...nothing, position: at(7), states: [{ ...owner, value: '1' }, broken] })).toThrow()
    expect([store.cursor(), store.state(owner)]).toEqual([null, null])
    store.close()
  })
})

describe('alarms', () => {
  test('ring in the order in which they are due; a later one of the same name takes the place of the earlier', () => {
    const { store } = open()
    store.commit({ ...nothing, armed: [alarm('b', '2026-02-02'), alarm('a', '2026-02-01'), alarm('c', '2026-03-01')] })
    store.commit({ ...nothing, armed: [alarm('a', '2026-02-03')] })
    expect(store.alarmsDue('2026-02-28', 10).map(({ name, due }) => [name, due])).toEqual([
      ['b', '2026-02-02'],
      ['a', '2026-02-03'],
    ])
    expect(store.alarmsDue('2026-02-28', 1)).toHaveLength(1)
    store.close()
  })

  test('that were seen to are gone, unless they were set anew for another time', () => {
    const { store } = open()
    store.commit({ ...nothing, armed: [alarm('a', '2026-02-01'), alarm('b', '2026-02-01')] })
    store.commit({ ...nothing, settled: [alarm('a', '2026-02-01'), alarm('b', '2026-02-01')], armed: [alarm('b', '2026-03-01')] })
    expect(store.alarmsDue('2027', 10).map(({ name, due }) => [name, due])).toEqual([['b', '2026-03-01']])
    store.close()
  })

  test('and states of a rule that starts over are forgotten', () => {
    const { store } = open()
    store.commit({ ...nothing, states: [{ ...owner, value: '1' }], armed: [alarm('a', '2026-02-01')] })
    store.forget('r')
    expect([store.state(owner), store.nextDue()]).toEqual([null, null])
    store.close()
  })
})

describe('deliveries', () => {
  const webhook: WebhookConfiguration = {
    workspace: 'ws_1',
    id: 'desk',
    url: 'https://desk.example/',
    state: 'enabled',
    types: ['TaskOpened'],
    keyId: 'whk-1',
    configuredAt: '2026-01-01T00:00:00.000Z',
  }
  const delivery = (id: string): NewDelivery => ({
    id,
    workspace: 'ws_1',
    webhook: 'desk',
    stream: 'ws_1.task-t',
    event: id,
    type: 'TaskOpened',
  })

  test('are queued once, however often their event is passed', () => {
    const { store } = open()
    store.commit({ ...nothing, webhooks: [webhook], deliveries: [delivery('a'), delivery('b')] })
    store.commit({ ...nothing, deliveries: [delivery('a')] })
    expect(store.deliveries.undelivered('ws_1', 'desk')).toBe(2)
    expect(store.deliveries.firstOwed('ws_1', 'desk')).toMatchObject({ id: 'a', state: 'waiting', attempts: 0 })
    store.close()
  })

  test('are of their workspace alone', () => {
    const { store } = open()
    store.commit({ ...nothing, deliveries: [delivery('a')] })
    const page = { webhook: null, state: null, before: null, limit: 10 }
    expect(store.deliveries.page({ ...page, workspace: 'ws_2' })).toEqual([])
    expect(store.deliveries.delivery('ws_2', 'a')).toBeNull()
    expect(store.deliveries.replay('ws_2', 'a')).toBeNull()
    store.close()
  })

  test('that were delivered are forgotten after a while, what is owed never', () => {
    const { store } = open()
    store.commit({ ...nothing, webhooks: [webhook], deliveries: [delivery('a'), delivery('b')] })
    const first = store.deliveries.firstOwed('ws_1', 'desk')
    if (first === null) throw new Error('expected a delivery, found none')
    store.deliveries.settle(first, { status: 'delivered', at: 1_000, httpStatus: 204 })
    store.deliveries.forgetDelivered(1_000, 10)
    expect(store.deliveries.delivery('ws_1', 'a')).toMatchObject({ state: 'delivered', lastStatus: 204 })
    store.deliveries.forgetDelivered(1_001, 10)
    expect(store.deliveries.delivery('ws_1', 'a')).toBeNull()
    expect(store.deliveries.delivery('ws_1', 'b')).toMatchObject({ state: 'waiting' })
    store.close()
  })

  test('are found page by page along an index, by webhook, state or both', () => {
    const { store, file } = open()
    store.close()
    const db = openPrivateDatabase({ what: 'reaction store', file, applicationId: REACTION_STORE_ID, steps: reactionSchema }, 'read')
    const plan = (conditions: string) =>
      JSON.stringify(db.prepare(`EXPLAIN QUERY PLAN SELECT * FROM delivery WHERE ${conditions} ORDER BY seq DESC LIMIT 50`).all())
    for (const conditions of [
      "workspace = '' AND seq < 9 AND webhook = ''",
      "workspace = '' AND seq < 9 AND state = 2",
      "workspace = '' AND seq < 9 AND webhook = '' AND state = 2",
    ]) {
      expect(plan(conditions)).toContain('USING INDEX')
      expect(plan(conditions)).not.toContain('TEMP B-TREE')
    }
    db.close()
  })
})
