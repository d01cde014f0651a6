import { comparePositions, type Position } from '@annal/ledger'
import type { ReadModel } from '../read-model/read-model.ts'
import { liveGeneration } from '../runner/view-registry.ts'
import type { TermIndex } from '../term-index/term-index.ts'
import { textIndex as textLayout, textView } from './text-tables.ts'
import type { AuditTrail } from './trail-query.ts'
import { trailIndex as trailLayout, trailView } from './trail-tables.ts'
import { type WorkspaceTrail, workspaceTrail } from './workspace-trail.ts'

export interface AuditTrailOptions {
  /** Where the trail's projection writes. */
  readonly views: ReadModel
  /** Where the text's projection writes. */
  readonly search: ReadModel
  readonly trailIndex?: TermIndex
  readonly textIndex?: TermIndex
}

/** Answers from what the projections have written so far, in this or another process. Closing the read models is the caller's. */
export function openAuditTrail({ views, search, trailIndex = trailLayout, textIndex = textLayout }: AuditTrailOptions): AuditTrail {
  const within = <T>(workspace: string, work: (own: WorkspaceTrail | null) => T | Promise<T>): Promise<T> =>
    views.transaction((trail) =>
      search.transaction(async (text) => work(await workspaceTrail({ trail, text, trailIndex, textIndex }, workspace))),
    )
  return {
    page: ({ workspace, ...request }) => within(workspace, (own) => own?.page(request) ?? { events: [], more: false }),
    count: (workspace, filter, bound) => within(workspace, (own) => own?.count(filter, bound) ?? { value: 0, exact: true }),
    event: (workspace, id, filter = {}) => within(workspace, (own) => own?.event(id, filter) ?? null),
    recordedUpTo: (workspace, instant) =>
      within(workspace, (own) => own?.recordedUpTo(instant) ?? { events: 0, position: null, ended: false }),
    visibleUpTo: async () => earlier(await positionOf(views, trailView.name), await positionOf(search, textView.name)),
  }
}

function positionOf(readModel: ReadModel, name: string): Promise<Position | null> {
  return readModel.transaction(async (session) => (await liveGeneration(session, name))?.position ?? null)
}

function earlier(a: Position | null, b: Position | null): Position | null {
  if (a === null || b === null) return null
  return comparePositions(a, b) < 0 ? a : b
}
