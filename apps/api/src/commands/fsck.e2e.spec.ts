import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../serve/config.ts'
import { driftDetected, TestServer } from '../testing/test-server.ts'
import { fsck } from './fsck.ts'

describe('annal fsck', { timeout: 120_000 }, () => {
  let server: TestServer

  beforeAll(async () => {
    server = await TestServer.start()
    const { workspace, cookie } = await server.signIn()
    const key = await server.key(workspace)
    const [, last] = await server.append(key, driftDetected(), driftDetected({ model: 'other' }))
    await server.ask(cookie, 'query ($at: Position!) { systems(first: 1, atLeast: $at) { __typename } }', { at: last?.position })
  })
  afterAll(() => server.stop())

  const check = () => {
    const outcome = readConfig({ ANNAL_PORT: '0', ANNAL_DATA: server.folder }, [])
    if (outcome.status === 'refused') throw new Error(outcome.sentence)
    return fsck(outcome.config, [])
  }

  /** Changes the views beside the server with a tool that is not Annal, and puts them back. */
  async function edited(change: string, back: string): Promise<Awaited<ReturnType<typeof fsck>>> {
    const db = new DatabaseSync(join(server.folder, 'views.db'))
    db.exec(change)
    const checked = await check()
    db.exec(back)
    db.close()
    return checked
  }

  it('beside a running server derives the views anew and finds that they match', async () => {
    const { matches, lines } = await check()
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}view trail: \d+ rows match what the events give up to /))
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}view registers: \d+ rows match/))
    expect(matches).toBe(true)
  })

  it.each([
    [
      'changed',
      'UPDATE trail_event_1 SET at = at - 1 WHERE number = 0',
      'UPDATE trail_event_1 SET at = at + 1 WHERE number = 0',
      'trail, table event, row number=0',
    ],
    [
      'deleted',
      'CREATE TABLE kept AS SELECT * FROM registers_fact_1; DELETE FROM registers_fact_1',
      'INSERT INTO registers_fact_1 SELECT * FROM kept; DROP TABLE kept',
      'registers, table fact, row ',
    ],
    [
      'added',
      "INSERT INTO trail_workspace_1 VALUES ('ws_ghost', 99, 0, 0)",
      "DELETE FROM trail_workspace_1 WHERE name = 'ws_ghost'",
      'trail, table workspace, row name=ws_ghost',
    ],
  ])('S14. a row of views.db %s (no anchor): the view, the table and the row', async (_what, change, back, where) => {
    const { matches, lines } = await edited(change, back)
    expect(matches).toBe(false)
    expect(lines[0]).toContain(`the view ${where}`)
  })
})
