import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AnnalProcess } from '../../../test/kit/annal-process.ts'
import { caughtUp } from '../../../test/kit/caught-up.ts'
import { residentMemory } from '../load/resident-memory.ts'
import { inventory } from './inventory.ts'
import { type RecordedEstate, recordEstate } from './record-estate.ts'

/** A server on a folder with many events, its views up to date. */
export interface LargeRecord {
  readonly annal: AnnalProcess
  readonly service: string
  readonly auditor: string
  readonly estate: RecordedEstate
  /** How long the server took to show all of them, and how many MiB it held then. */
  readonly projected: { readonly seconds: number; readonly memory: number | null }
  close(): Promise<void>
}

/** The server opens the workspace, the events are recorded beside its back, then it starts again and projects them. */
export async function openLargeRecord(events: number): Promise<LargeRecord> {
  const data = mkdtempSync(join(tmpdir(), 'annal-bench-trail-'))
  const annal = await AnnalProcess.start({ data })
  const close = async () => {
    await annal.stop()
    rmSync(data, { recursive: true, force: true })
  }
  try {
    const service = await annal.key('service')
    const auditor = await annal.key('auditor')
    const workspace = await annal.workspace()
    await annal.stop()
    const estate = await recordEstate(data, workspace, events, inventory)
    await annal.restart()
    const seconds = await caughtUp(annal.url, auditor)
    return { annal, service, auditor, estate, projected: { seconds, memory: residentMemory(annal.pid) }, close }
  } catch (error) {
    await close()
    throw error
  }
}
