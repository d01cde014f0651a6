import { AppendTooLarge, StoreFull, StoreUnavailable } from '@annal/ledger'
import { describe, expect, test } from 'vitest'
import { describeError } from '../http/describe-error.ts'
import type { Caller } from '../identity/caller.ts'
import { Recorder, type RecorderSurroundings } from './recorder.ts'
import type { SentEvent } from './sent-event.ts'

const caller = { workspace: 'ws_a', actor: { kind: 'service', id: 'ak_a' }, role: 'SERVICE', roles: ['SERVICE'] } as unknown as Caller
const drift = (model: string): SentEvent => ({
  id: crypto.randomUUID(),
  type: 'DriftDetected',
  data: { model, version: '7', kind: 'data', metric: 'psi', value: 0.27, threshold: 0.2, window: 'P7D' },
  occurredAt: '2026-04-14T08:05:00.000Z',
  correlationId: null,
  causationId: null,
  expectedVersion: null,
})

async function told(failure: Error, ...models: string[]): Promise<{ code: string; message: string }> {
  const ledger = { append: () => Promise.reject(failure) }
  const atWork = { record: (_caller: Caller, work: () => Promise<unknown>) => work() }
  const recorder = new Recorder({ ledger, atWork, now: Date.now } as unknown as RecorderSurroundings)
  const error = await recorder.record(models.map(drift), caller).catch((thrown: unknown) => thrown)
  return describeError(error)
}

describe('a call that the store stops', () => {
  const failures: [string, Error][] = [
    ['STORE_FULL', new StoreFull('x')],
    ['STORE_UNAVAILABLE', new StoreUnavailable('x')],
    ['APPEND_TOO_LARGE', new AppendTooLarge('x')],
  ]
  test.each(failures)('with events of one stream has recorded nothing: %s', async (code, failure) => {
    expect(await told(failure, 'a', 'a')).toMatchObject({ code, message: expect.stringContaining('Nothing was recorded') })
  })

  test.each(failures)('with events of several may have recorded some: %s', async (code, failure) => {
    const { message, ...rest } = await told(failure, 'a', 'b')
    expect(rest.code).toBe(code)
    expect(message).not.toContain('Nothing was recorded')
    expect(message).toContain('Send the same events again')
  })
})
