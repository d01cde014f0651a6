import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { KeptEvent } from './outbox/outbox-reader.ts'
import { RefusedFile } from './refused-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'annal-refused-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const kept = (offset: number, id: string): KeptEvent => {
  const envelope = JSON.stringify({ id, occurredAt: '2026-03-01T00:00:00.000Z', event: { driftDetected: { model: 'cs' } } })
  return { place: { segment: 1, offset }, next: { segment: 1, offset: offset + 1 }, envelope, bytes: envelope.length }
}
const refusal = (id: string) => ({ status: 'refused', id, code: 'INVALID_EVENT', message: 'no "id":"x"', path: null }) as const

async function reopened<Result>(use: (file: RefusedFile) => Result | Promise<Result>): Promise<Result> {
  const file = await RefusedFile.open(join(folder, 'refused.jsonl'))
  try {
    return await use(file)
  } finally {
    await file.close()
  }
}

test('an event that was refused before a crash is known by its place and its id', async () => {
  await reopened((file) => file.append([{ kept: kept(8, 'a'), refusal: refusal('a') }], '2026-03-01T00:00:00.000Z'))
  appendFileSync(join(folder, 'refused.jsonl'), 'mended by hand\n{"refused":{"place":"1:9"},\n')
  await reopened((file) => {
    expect(file.has(kept(8, 'a'))).toBe(true)
    expect(file.has(kept(9, 'a'))).toBe(false)
  })
})

test('another event at the same place, given anew after the cursor was lost, is sent', async () => {
  await reopened((file) => file.append([{ kept: kept(8, 'a'), refusal: refusal('a') }], '2026-03-01T00:00:00.000Z'))
  await reopened((file) => expect(file.has(kept(8, 'b'))).toBe(false))
})
