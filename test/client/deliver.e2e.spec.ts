import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ClientOptions, createClient, type Emitted, InvalidEvent, type Obstacle, type Refusal } from '@annal/client'
import { eventTypes, whoMayRecord } from '@annal/domain'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { AnnalProcess, graphql } from '../kit/annal-process.ts'

let annal: AnnalProcess
let key: string
let folder: string
beforeAll(async () => {
  annal = await AnnalProcess.start()
  key = await annal.key('service')
})
afterAll(() => annal.stop())
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'annal-outbox-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const client = (options: Partial<ClientOptions> = {}) => createClient({ url: annal.url, apiKey: key, outbox: folder, ...options })
const drift = (model: string) =>
  ({
    type: 'DriftDetected',
    data: { model, version: '7', kind: 'data', metric: 'psi', value: 0.27, threshold: 0.2, window: 'P7D' },
  }) as const
const deployed = (model: string, note: string) =>
  ({
    type: 'VersionDeployed',
    data: { model, version: '7', environment: 'production', kind: 'real_time', strategy: 'all', note },
  }) as const
const registered = (model: string) => ({ type: 'ModelRegistered', data: { model, name: 'Score', task: 'ranking', owner: 'risk' } }) as const
const deliveries = (emitted: readonly Emitted[]) => Promise.all(emitted.map(({ delivered }) => delivered))
const refusedLines = () =>
  readFileSync(join(folder, 'refused.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

describe('the client', () => {
  test('delivers in order, in few calls, and gives each event its receipt', async () => {
    const service = await client()
    const emitted = await Promise.all(Array.from({ length: 2_500 }, () => service.emit(drift('ordered'))))
    expect(await service.flush()).toEqual({ status: 'empty' })
    const receipts = await deliveries(emitted)
    expect(receipts.map((receipt) => receipt.status === 'recorded' && Number(receipt.streamVersion))).toEqual(emitted.map((_, i) => i))
    expect(service.waiting).toBe(0)
    await service.close()
  })

  test('delivers the example of every type that services record', async () => {
    const workspace = await annal.workspace()
    const service = await client({ linger: 0 })
    const refusals = new Map<string, string>()
    for (const { name, example } of eventTypes.filter(({ name }) => whoMayRecord(name).includes('service'))) {
      const data = JSON.parse(JSON.stringify(example).replaceAll('ws_k7m2q9x4t1', workspace))
      const { delivered } = await service.emitUnchecked({ type: name, data })
      const delivery = await delivered
      if (delivery.status === 'refused') refusals.set(name, delivery.code)
    }
    await service.close()
    // They name data subjects that were never minted, and an event that was never recorded.
    expect(Object.fromEntries(refusals)).toEqual({
      AgentActionTaken: 'SUBJECT_UNKNOWN',
      DecisionMade: 'SUBJECT_UNKNOWN',
      DecisionReviewed: 'SUBJECT_UNKNOWN',
      ExplanationGiven: 'SUBJECT_UNKNOWN',
      EventCorrected: 'CONTRADICTS_RECORD',
    })
  })

  test('refuses what is not well-formed before anything is queued, naming the field', async () => {
    const service = await client()
    const wrong = service.emitUnchecked({ type: 'DriftDetected', data: { ...drift('x').data, value: 'much' } })
    await expect(wrong).rejects.toThrow(InvalidEvent)
    await expect(wrong).rejects.toMatchObject({ code: 'InvalidEvent', path: '/data/value' })
    expect(service.waiting).toBe(0)
    await service.close()
    await expect(service.emit(drift('x'))).rejects.toThrow('closed')
  })

  test('keeps what Annal refuses in a file, once, with the reason; siblings of the refused are sent without it', async () => {
    const refusals: Refusal[] = []
    const service = await client({ linger: 50, onRefused: (refusal) => refusals.push(refusal) })
    const emitted = await Promise.all([
      service.emit(registered('twice')),
      service.emit(drift('twice')),
      service.emit(registered('twice')),
      service.emit(drift('twice')),
      service.emit(drift('other')),
    ])
    const found = await deliveries(emitted)
    expect(found.map(({ status }) => status)).toEqual(['recorded', 'recorded', 'refused', 'recorded', 'recorded'])
    expect(found[2]).toMatchObject({ code: 'CONTRADICTS_RECORD' })
    await service.close()
    expect(refusals).toHaveLength(1)
    expect(refusedLines()).toMatchObject([
      { refused: { code: 'CONTRADICTS_RECORD' }, id: emitted[2]?.id, type: 'ModelRegistered', data: { model: 'twice' } },
    ])
    const again = await client()
    expect(await again.close()).toEqual({ status: 'empty' })
    expect(refusedLines()).toHaveLength(1)
  })

  test('splits what is too much for one call', async () => {
    const service = await client({ linger: 50 })
    const emitted = await Promise.all(Array.from({ length: 400 }, (_, i) => service.emit(deployed('large', `${i} ${'ü'.repeat(3_900)}`))))
    const receipts = await deliveries(emitted)
    expect(receipts.map((receipt) => receipt.status === 'recorded' && Number(receipt.streamVersion))).toEqual(emitted.map((_, i) => i))
    await service.close()
  })

  test('waits as long as Annal says when it is told to slow down', async () => {
    const obstacles: (Obstacle & { retryIn: number })[] = []
    const slow = await client({ apiKey: await annal.key('service', 1), linger: 0, onObstacle: (obstacle) => obstacles.push(obstacle) })
    for (let i = 0; i < 3; i++) await (await slow.emit(drift('slow'))).delivered
    await slow.close()
    expect(obstacles.length).toBeGreaterThan(0)
    for (const { kind, retryIn } of obstacles) {
      expect(kind).toBe('rate-limited')
      expect(retryIn).toBeGreaterThanOrEqual(1_000)
    }
  })

  test('keeps everything while its key is not accepted, and delivers once it is', async () => {
    const obstacles: Obstacle[] = []
    let current = `ak_${'0'.repeat(32)}_${'x'.repeat(43)}`
    const service = await client({ apiKey: () => current, onObstacle: (obstacle) => obstacles.push(obstacle) })
    const { delivered } = await service.emit(drift('credential'))
    await expect.poll(() => obstacles.at(-1)?.kind).toBe('credential')
    current = key
    expect(await delivered).toMatchObject({ status: 'recorded' })
    await service.close()
  })

  test('hands over what an unreachable Annal kept from it when a later client opens the outbox', async () => {
    const service = await client({ url: 'http://127.0.0.1:9' })
    const emitted = await Promise.all([service.emit(drift('later')), service.emit(drift('later'))])
    expect(await service.close(50)).toEqual({ status: 'kept', events: 2 })
    expect(await deliveries(emitted)).toEqual(emitted.map(({ id }) => ({ status: 'kept', id })))
    const later = await client()
    expect(await later.close(20_000)).toEqual({ status: 'empty' })
    const auditor = await annal.key('auditor')
    const { ledger } = await graphql<{ ledger: { head: string } }>(annal.url, auditor, '{ ledger { head } }')
    for (const { id } of emitted) {
      const seen = await graphql(annal.url, auditor, 'query ($id: UUID!, $at: Position) { event(id: $id, atLeast: $at) { id } }', {
        id,
        at: ledger.head,
      })
      expect(seen).toEqual({ event: { id } })
    }
  })
})
