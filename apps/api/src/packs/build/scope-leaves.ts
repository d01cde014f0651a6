import type { AuditTrail, TrailFilter } from '@annal/projections'
import { type LeafIndex, type PackScope as ManifestScope, parseEntry } from '@annal/proof'
import type { PackScope } from '../pack-scope.ts'
import type { PackLog, PlacedEvent } from './pack-log.ts'

const PAGE = 500

/** A scope as the manifest states it, and the leaves that belong to it, ascending. */
export interface ScopeLeaves {
  readonly manifest: ManifestScope
  /** How many there will be, or null where only the filter knows. */
  readonly expected: number | null
  leaves(): AsyncIterable<PlacedEvent>
}

export interface ScopeSurroundings {
  readonly workspace: string
  readonly log: PackLog
  readonly trail: AuditTrail
}

export function scopeLeaves(scope: PackScope, around: ScopeSurroundings): ScopeLeaves {
  const { log } = around
  switch (scope.kind) {
    case 'workspace':
      return { manifest: { kind: 'workspace' }, expected: log.size, leaves: () => log.events(0, log.size) }
    case 'period':
      return periodLeaves(scope.from, scope.until, log)
    case 'system':
    case 'incident':
    case 'model':
      return {
        manifest: { kind: 'references', refs: [scope.thing] },
        expected: null,
        leaves: () => foundLeaves({ about: [scope.thing] }, around),
      }
    case 'filter':
      return {
        manifest: { kind: 'selection', filter: { ...scope.filter } as never },
        expected: null,
        leaves: () => foundLeaves(scope.filter, around),
      }
  }
}

/** The neighbours of the range stand in the pack too: their times show that nothing of the period is left out. */
function periodLeaves(since: string, until: string, log: PackLog): ScopeLeaves {
  const from = firstLeafNotBefore(since, log)
  const to = firstLeafNotBefore(until, log)
  const first = from > 0 ? from - 1 : from
  const end = to < log.size ? to + 1 : to
  return { manifest: { kind: 'range', from, to, since, until }, expected: end - first, leaves: () => log.events(first, end) }
}

/** What the trail finds, as far as it is under the head. */
async function* foundLeaves(filter: TrailFilter, { workspace, log, trail }: ScopeSurroundings): AsyncGenerator<PlacedEvent> {
  for (let after = null; ; ) {
    const page = await trail.page({ workspace, filter, order: 'oldest-first', after, limit: PAGE })
    for (const recorded of page.events) {
      const leaf = log.leafOf(recorded)
      if (leaf !== null) yield { leaf, recorded }
    }
    const last = page.events.at(-1)
    if (!page.more || last === undefined) return
    after = last.position
  }
}

/** Binary search: `at` never decreases along the log. */
function firstLeafNotBefore(instant: string, log: PackLog): LeafIndex {
  let low = 0
  let high = log.size
  while (low < high) {
    const middle = (low + high) >>> 1
    if (atOf(log, middle) < instant) low = middle + 1
    else high = middle
  }
  return low
}

function atOf(log: PackLog, leaf: LeafIndex): string {
  const parsed = parseEntry(log.entry(leaf))
  if (parsed.status === 'refused') throw new Error(`expected an entry at leaf ${leaf} of ${log.origin}, found another: ${parsed.reason}`)
  return parsed.entry.at
}
