import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ArrayRecord, aStory, runToEnd, smallTrailIndex } from '../audit-trail/trail-fixtures.contract.ts'
import { trailProjection } from '../audit-trail/trail-projection.ts'
import { openSqliteReadModel } from '../read-model/open-sqlite-read-model.ts'
import { ToldRecord } from '../registers/register-fixtures.contract.ts'
import { registersProjection } from '../registers/registers-projection.ts'
import type { Projection } from '../runner/projection.ts'
import { compareView, type ViewComparison } from './compare-view.ts'

const EVENTS = 150

describe('comparing a view with the record', () => {
  let folder: string
  let scratches = 0

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'annal-compare-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const file = () => join(folder, 'views.db')

  async function built<Tables>(projection: Projection<Tables>, record: ArrayRecord): Promise<void> {
    const readModel = openSqliteReadModel({ file: file(), mode: 'write' })
    await runToEnd({ projection, readModel }, record)
    await readModel.close()
  }

  /** Changes the file with a tool that is not Annal. */
  function edit(sql: string): void {
    const db = new DatabaseSync(file())
    db.exec(sql)
    db.close()
  }

  async function compared<Tables>(projection: Projection<Tables>, events: ArrayRecord): Promise<ViewComparison> {
    const kept = openSqliteReadModel({ file: file(), mode: 'read' })
    const scratch = openSqliteReadModel({ file: join(folder, `scratch-${scratches++}.db`), mode: 'write' })
    const comparison = await compareView({ projection, kept, scratch, events })
    await kept.close()
    await scratch.close()
    return comparison
  }

  describe('the audit trail', () => {
    const projection = trailProjection(smallTrailIndex)
    const record = () => new ArrayRecord(Array.from({ length: EVENTS }, (_, i) => ({ ...aStory, workspace: `ws_${i % 2}`, note: `n${i}` })))

    it('matches row by row, and a view that is behind is no difference', async () => {
      const told = record()
      await built(projection, told)
      const { position } = told.events[EVENTS - 1] ?? { position: '' }
      expect(await compared(projection, told)).toMatchObject({ status: 'matches', position })
      told.add([aStory, aStory])
      expect(await compared(projection, told)).toMatchObject({ status: 'matches', position })
    })

    it('names the row that was changed, with what it was and is', async () => {
      const told = record()
      await built(projection, told)
      edit('UPDATE trail_event_1 SET at = at + 1 WHERE number = 40')
      expect(await compared(projection, told)).toEqual({
        status: 'differs',
        table: 'event',
        key: 'number=40',
        expected: expect.stringMatching(/^at=\d+$/),
        found: expect.stringMatching(/^at=\d+1$/),
      })
    })

    it('names the row that was deleted, and the one that was added', async () => {
      const told = record()
      await built(projection, told)
      edit('DELETE FROM trail_event_1 WHERE number = 40')
      expect(await compared(projection, told)).toMatchObject({ table: 'event', key: 'number=40', expected: 'a row', found: 'none' })
      edit(
        "INSERT INTO trail_event_1 VALUES (39999, 0, '9', x'00', x'00'); INSERT INTO trail_event_1 SELECT 40, at, position, salt, bytes FROM trail_event_1 WHERE number = 41",
      )
      expect(await compared(projection, told)).toMatchObject({ table: 'event', key: 'number=40' })
      edit('DELETE FROM trail_event_1 WHERE number = 39999')
      edit("INSERT INTO trail_workspace_1 VALUES ('ws_ghost', 9, 0, 0)")
      expect(await compared(projection, told)).toMatchObject({ table: 'workspace', key: 'name=ws_ghost', expected: 'none', found: 'a row' })
    })

    it('names the term that was taken out of the index or put into it', async () => {
      const told = new ArrayRecord(Array.from({ length: EVENTS }, (_, i) => ({ ...aStory, correlationId: `c-${i}` })))
      await built(projection, told)
      edit("INSERT INTO trail_rare_1 (rowid, tokens) VALUES (3, '0·ghost')")
      expect(await compared(projection, told)).toMatchObject({
        table: 'rare',
        key: 'token=0·ghost, number=3',
        expected: 'none',
        found: 'a row',
      })
    })

    it('finds a cursor that stands behind the end of the record, or at no event of it', async () => {
      const told = record()
      await built(projection, told)
      told.events.pop()
      expect(await compared(projection, told)).toMatchObject({ status: 'differs', table: 'view', key: 'position' })
    })

    it('does not compare what is not built yet, or of another version', async () => {
      const told = record()
      await built(registersProjection(), new ToldRecord())
      expect(await compared(projection, told)).toEqual({ status: 'not-compared', reason: 'it is not built yet' })
      await built(projection, told)
      expect(await compared({ ...projection, version: 99 }, told)).toMatchObject({ status: 'not-compared' })
    })
  })

  describe('the registers', () => {
    const record = () =>
      new ToldRecord().tell(
        { type: 'SystemRegistered' },
        { type: 'SystemClassified' },
        { type: 'ModelRegistered' },
        { type: 'ModelVersionRegistered' },
        { type: 'DatasetRegistered' },
        { type: 'IncidentReported' },
        { type: 'ApprovalRequested' },
        { type: 'DriftDetected' },
      )

    it('match, and name the row that was changed, deleted or added', async () => {
      const told = record()
      await built(registersProjection(), told)
      expect(await compared(registersProjection(), told)).toMatchObject({ status: 'matches', rows: expect.any(Number) })
      edit("UPDATE registers_system_1 SET name = 'Harmless'")
      expect(await compared(registersProjection(), told)).toMatchObject({
        status: 'differs',
        table: 'system',
        key: expect.stringContaining('ws_a'),
        found: 'name=Harmless',
      })
    })

    it('name the incident that was deleted', async () => {
      const told = record()
      await built(registersProjection(), told)
      edit('DELETE FROM registers_incident_1')
      expect(await compared(registersProjection(), told)).toMatchObject({ table: 'incident', expected: 'a row', found: 'none' })
    })
  })
})
