import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RecordedEvent } from '@annal/ledger'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ArrayRecord, envelopeOf, TrailFolder } from '../audit-trail/trail-fixtures.contract.ts'
import type { Prefix } from '../audit-trail/trail-query.ts'
import { openSqliteReadModel } from '../read-model/open-sqlite-read-model.ts'
import { openRegisters } from '../registers/open-registers.ts'
import { openTold, RegisterFolder, registerRows, type Told, ToldRecord } from '../registers/register-fixtures.contract.ts'
import { at, records } from '../registers/register-histories.contract.ts'
import { registersProjection } from '../registers/registers-projection.ts'
import { buildPast } from './build-past.ts'
import { OpenPasts } from './open-pasts.ts'
import { pastName } from './past-name.ts'

const WORKSPACE = 'ws_a'
const PAGE = { after: null, limit: 50 }
const ANNA = { id: 'per_anna', mayVote: false }

/** The pasts of one workspace, each in a file of its own. */
class PastFolder {
  readonly folder = mkdtempSync(join(tmpdir(), 'annal-past-'))
  readonly pasts = new OpenPasts(this.folder)
  private readonly now = openSqliteReadModel({ file: join(this.folder, 'views.db'), mode: 'write' })
  readonly registers = openRegisters({ views: this.now, open: openTold(), pasts: this.pasts })

  async build(events: ArrayRecord, prefix: Prefix, base: Prefix | null = null, signal = new AbortController().signal): Promise<number[]> {
    const read: number[] = []
    const file = this.fileOf(prefix)
    if (base !== null) copyFileSync(this.fileOf(base), file)
    const readModel = openSqliteReadModel({ file, mode: 'make' })
    const progress = (count: number) => read.push(count)
    try {
      await buildPast({ workspace: WORKSPACE, prefix, base, events, readModel, projection: registersProjection(), progress, signal })
    } finally {
      await readModel.close()
    }
    return read
  }

  rows(prefix: Prefix): Promise<Record<string, unknown[]>> {
    return this.pasts.within({ workspace: WORKSPACE, prefix }, registerRows)
  }

  async take(prefix: Prefix): Promise<void> {
    rmSync(this.fileOf(prefix))
    await this.pasts.close('all')
  }

  async remove(): Promise<void> {
    await this.pasts.close('all')
    await this.now.close()
    rmSync(this.folder, { recursive: true })
  }

  private fileOf(prefix: Prefix): string {
    return join(this.folder, pastName({ workspace: WORKSPACE, prefix }))
  }
}

/** The events of the workspace in front of the first that was recorded after the instant. */
function knownAt(record: ArrayRecord, instant: string): RecordedEvent[] {
  const own = record.events.filter(({ stream }) => stream.startsWith(`${WORKSPACE}.`))
  const end = own.findIndex((event) => envelopeOf(event).recordedAt > instant)
  return end < 0 ? own : own.slice(0, end)
}

function recordOf(events: readonly RecordedEvent[]): ArrayRecord {
  const record = new ArrayRecord()
  record.events.push(...events)
  return record
}

const prefixOf = (events: readonly RecordedEvent[]): Prefix => ({ events: events.length, position: events.at(-1)?.position ?? null })

describe('a past', () => {
  let folder: PastFolder

  beforeEach(() => {
    folder = new PastFolder()
  })
  afterEach(() => folder.remove())

  test('shows what only the events known then say, evaluated then', async () => {
    await fc.assert(
      fc.asyncProperty(records, fc.integer({ min: -1, max: 41 }), async (record, minute) => {
        const instant = at(minute)
        const events = knownAt(record, instant)
        const trails = new TrailFolder()
        const then = await new RegisterFolder().show(recordOf(events))
        try {
          await trails.catchUp(record, [], openTold())
          const { ended, ...prefix } = await trails.trail.recordedUpTo(WORKSPACE, instant)
          expect(prefix).toEqual(prefixOf(events))
          const own = record.events.filter(({ stream }) => stream.startsWith(`${WORKSPACE}.`))
          expect(ended).toBe(events.length < own.length)
          await folder.build(record, prefix)
          expect(await folder.rows(prefix)).toEqual(await then.rows())
          const asking = { workspace: WORKSPACE, now: instant }
          const past = { ...asking, past: prefix }
          expect(await folder.registers.overview(past, ANNA)).toEqual(await then.registers.overview(asking, ANNA))
          expect(await folder.registers.approvals(past, ANNA, {}, PAGE)).toEqual(await then.registers.approvals(asking, ANNA, {}, PAGE))
        } finally {
          await folder.take(prefixOf(events))
          await trails.close()
          await then.close()
        }
      }),
      { numRuns: 20 },
    )
  })

  test('is the same whether it is built from nothing or from an earlier one', async () => {
    await fc.assert(
      fc.asyncProperty(records, fc.nat(60), fc.nat(60), async (record, a, b) => {
        const own = record.events.filter(({ stream }) => stream.startsWith(`${WORKSPACE}.`))
        const base = prefixOf(own.slice(0, Math.min(a, b)))
        const prefix = prefixOf(own.slice(0, Math.max(a, b)))
        fc.pre(base.events < prefix.events)
        await folder.build(record, prefix)
        const whole = await folder.rows(prefix)
        await folder.take(prefix)
        await folder.build(record, base)
        await folder.build(record, prefix, base)
        expect(await folder.rows(prefix)).toEqual(whole)
        await folder.take(prefix)
        await folder.take(base)
      }),
      { numRuns: 20 },
    )
  })

  const system = (workspace: string, name: string): Told => ({
    type: 'SystemRegistered',
    workspace,
    data: { system: 'cs', name },
    at: at(1),
  })

  test('before the first event is empty, and no error', async () => {
    const prefix = prefixOf([])
    await folder.build(new ToldRecord().tell(system(WORKSPACE, 'Later')), prefix)
    const asking = { workspace: WORKSPACE, now: at(0), past: prefix }
    expect(await folder.registers.systems(asking, {}, { ...PAGE, sort: 'NAME' })).toEqual({ edges: [], more: false })
    expect(await folder.registers.system(asking, 'cs')).toBeNull()
    expect(await folder.registers.overview(asking, ANNA)).toMatchObject({ systems: 0, badNews: [], more: 0 })
  })

  test("ends days where the workspace's opening says, which stands in another log", async () => {
    const opened: Told = {
      type: 'WorkspaceOpened',
      workspace: 'system',
      data: { workspace: WORKSPACE, legalTimeZone: 'Asia/Tokyo' },
      at: at(0),
    }
    const other: Told = { ...opened, data: { workspace: 'ws_b', legalTimeZone: 'America/Lima' } }
    const assessed: Told = { type: 'RiskAssessed', data: { system: 'cs', validUntil: '2026-05-20' }, at: at(2) }
    const record = new ToldRecord().tell(other, opened, system(WORKSPACE, 'Scoring'), assessed)
    const prefix = prefixOf(knownAt(record, at(3)))
    await folder.build(record, prefix)
    const { badNews } = await folder.registers.overview({ workspace: WORKSPACE, now: at(3), past: prefix }, ANNA)
    expect(badNews).toMatchObject([{ kind: 'EVIDENCE_EXPIRING', due: '2026-05-20T15:00:00.000Z' }])
  })

  test('reads page by page and tells how far it is', async () => {
    const record = new ToldRecord().tell(...Array.from({ length: 1_203 }, (_, i) => system(i % 2 === 0 ? WORKSPACE : 'ws_b', `name ${i}`)))
    const prefix = prefixOf(knownAt(record, at(1)))
    const limits: number[] = []
    const readAll = record.readAll.bind(record)
    record.readAll = (slice) => {
      limits.push(slice.limit)
      return readAll(slice)
    }
    expect(await folder.build(record, prefix)).toEqual([500, 602])
    expect(limits).toEqual([500, 102])
  })

  test('is not made of other events than the store holds', async () => {
    const record = new ToldRecord().tell(system(WORKSPACE, 'a'), system('ws_b', 'b'))
    const { position } = record.events[1] ?? { position: null }
    await expect(folder.build(record, { events: 1, position })).rejects.toThrow('ws_a: expected 1 events up to')
    await folder.take({ events: 1, position })
    await expect(folder.build(record, { events: 2, position })).rejects.toThrow('found 1 up to')
  })

  test('is given up between two pages', async () => {
    const stop = new AbortController()
    stop.abort()
    const record = new ToldRecord().tell(system(WORKSPACE, 'a'))
    await expect(folder.build(record, prefixOf(record.events), null, stop.signal)).rejects.toThrow('abort')
  })

  test('is one file, and goes on being read when that was deleted, until it is closed', async () => {
    const record = new ToldRecord().tell(system(WORKSPACE, 'a'))
    const prefix = prefixOf(record.events)
    await folder.build(record, prefix)
    const asking = { workspace: WORKSPACE, now: at(3), past: prefix }
    expect(await folder.registers.system(asking, 'cs')).toMatchObject({ name: 'a' })
    expect(readdirSync(folder.folder).filter((name) => name.startsWith(WORKSPACE))).toEqual([pastName({ workspace: WORKSPACE, prefix })])
    rmSync(join(folder.folder, pastName({ workspace: WORKSPACE, prefix })))
    expect(await folder.registers.system(asking, 'cs')).toMatchObject({ name: 'a' })
    await folder.pasts.close('all')
    await expect(folder.registers.system(asking, 'cs')).rejects.toThrow('unable to open')
  })
})
