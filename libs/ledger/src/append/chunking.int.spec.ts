import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openSqliteStore } from '../sqlite/open-sqlite-store.ts'
import { temporaryFolders } from '../sqlite/temporary-folder.ts'
import type { EventDraft } from './event-draft.ts'
import { codeOf, inStream, START, someKeys } from './ledger.contract.ts'
import { openLedger } from './open-ledger.ts'

const drafts = Array.from({ length: 60 }, (_, i) => inStream(`s${i % 3}`, { data: { n: i } }))

describe('the record does not tell how it was sent', () => {
  const aFolder = temporaryFolders()

  /** Records the drafts in calls of these sizes, each call sent when the one before was answered, or not waiting for it. */
  const record = async (sizes: readonly number[], waiting: boolean): Promise<string[]> => {
    const store = openSqliteStore({ file: join(aFolder(), 'events.db'), mode: 'write' })
    const { keys, cleanUp } = someKeys()
    const ledger = openLedger({ store, keys, now: () => START })
    const calls = chunks(drafts, sizes).map((call) => () => ledger.append(call))
    const answers = []
    if (waiting) for (const call of calls) answers.push(await call())
    else answers.push(...(await Promise.all(calls.map((call) => call()))))
    expect(answers.flat().map(codeOf)).toEqual(drafts.map(() => 'recorded'))
    const events = await store.readAll({ after: null, limit: 100 })
    await ledger.close()
    await store.close()
    cleanUp()
    return events.map(({ bytes }) => Buffer.from(bytes).toString()).sort()
  }

  it('holds the same events, byte for byte, for any chunking', async () => {
    const whole = await record([drafts.length], true)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 30 }), fc.boolean(), async (sizes, waiting) => {
        expect(await record(sizes, waiting)).toEqual(whole)
      }),
      { numRuns: 20, interruptAfterTimeLimit: 3_000, markInterruptAsFailure: false },
    )
  })
})

function chunks(all: readonly EventDraft[], sizes: readonly number[]): EventDraft[][] {
  const calls: EventDraft[][] = []
  for (let at = 0, i = 0; at < all.length; i++) {
    const size = sizes[i % sizes.length] ?? 1
    calls.push(all.slice(at, at + size))
    at += size
  }
  return calls
}
