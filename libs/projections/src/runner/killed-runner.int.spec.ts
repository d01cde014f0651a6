import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { type ArrayRecord, TrailFolder } from '../audit-trail/trail-fixtures.contract.ts'
import { sameRecord } from './killed-runner.contract.ts'

const KILLS = 6
/** On a machine that is busy with other things some kills come before any progress. */
const MOST_KILLS = 40

/** Starts a process that follows the record; true when it came to the end before it was killed. */
async function followFor(folder: string, milliseconds: number): Promise<boolean> {
  const child = fork(join(import.meta.dirname, 'killed-runner.contract.ts'), [folder], {
    execArgv: ['--conditions=@annal/source', '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const exited = once(child, 'exit')
  await Promise.race([once(child, 'message'), exited])
  await Promise.race([setTimeout(milliseconds), exited])
  child.kill('SIGKILL')
  const [code] = await exited
  return code === 0
}

describe('a projection whose process is killed', () => {
  it('goes on without a gap and without a repeat', { timeout: 120_000 }, async () => {
    const folder = new TrailFolder()
    const whole = new TrailFolder()
    try {
      const record = sameRecord()
      const seen = new Set<string | null>()
      for (let kill = 0; kill < KILLS || (seen.size <= 2 && kill < MOST_KILLS); kill++) {
        await followFor(folder.folder, 30 + Math.random() * 250)
        seen.add(await folder.trail.visibleUpTo())
      }
      expect(seen.size).toBeGreaterThan(2)
      await folder.catchUp(record)
      await whole.catchUp(record)
      for (const workspace of ['ws_0', 'ws_1']) {
        for (const text of ['', 'parity0', 'parity1', 'case7*'])
          expect(await answers(folder, workspace, text)).toEqual(await answers(whole, workspace, text))
      }
      expect(await answers(folder, 'ws_1', '')).toEqual(idsOf(record, 'ws_1'))
    } finally {
      await folder.close()
      await whole.close()
    }
  })
})

async function answers({ trail }: TrailFolder, workspace: string, text: string): Promise<string[]> {
  const page = await trail.page({ workspace, filter: { text }, order: 'oldest-first', after: null, limit: 2000 })
  return page.events.map(({ id }) => id)
}

function idsOf({ events }: ArrayRecord, workspace: string): string[] {
  return events.filter(({ stream }) => stream.startsWith(`${workspace}.`)).map(({ id }) => id)
}
