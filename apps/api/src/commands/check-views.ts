import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EventReader } from '@annal/ledger'
import { compareView, openSqliteReadModel, registersProjection, trailProjection, type ViewComparison } from '@annal/projections'

export interface CheckedView {
  readonly view: string
  readonly comparison: ViewComparison
}

/**
 * Derives the audit trail and the registers anew in a temporary folder and compares them row by row with what readers see, up to the first
 * view that differs. The text search is left out: its words would stand in plain text in the copy.
 */
export async function checkViews(views: string, events: EventReader): Promise<readonly CheckedView[]> {
  const projections = [trailProjection(), registersProjection()] as const
  if (!existsSync(views))
    return projections.map(({ name }) => ({ view: name, comparison: { status: 'not-compared', reason: 'there is no views.db' } }))
  const folder = mkdtempSync(join(tmpdir(), 'annal-fsck-'))
  const kept = openSqliteReadModel({ file: views, mode: 'read' })
  const scratch = openSqliteReadModel({ file: join(folder, 'views.db'), mode: 'write' })
  const checked: CheckedView[] = []
  try {
    const [trail, registers] = projections
    checked.push({ view: trail.name, comparison: await compareView({ projection: trail, kept, scratch, events }) })
    if (checked[0]?.comparison.status !== 'differs')
      checked.push({ view: registers.name, comparison: await compareView({ projection: registers, kept, scratch, events }) })
    return checked
  } finally {
    await kept.close()
    await scratch.close()
    rmSync(folder, { recursive: true })
  }
}
