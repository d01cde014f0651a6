import { type Change, type Pair, pairUp } from '../comparison/pair.ts'
import type { SystemRow } from './systems-documents.ts'

export type SystemPair = Pair<SystemRow>

/** What counts as a change of a system. That events came about it does not: nearly always some did. */
const COUNTED = [
  'name',
  'riskClass',
  'phase',
  'role',
  'owner',
  'businessUnit',
  'region',
  'serviceTier',
  'retiredAt',
  'openViolations',
  'openIncidents',
  'driftAlerts',
  'pendingApprovals',
] as const satisfies readonly (keyof SystemRow)[]

export type CountedField = (typeof COUNTED)[number]

export type ComparedSystems = Readonly<Record<Change, readonly SystemPair[]>>

interface Lists {
  readonly earlier: readonly SystemRow[]
  readonly later: readonly SystemRow[]
  /** Those that match the filter on either date. What became of a system doesn't depend on the filter. */
  readonly matching: ReadonlySet<string>
}

export function compareSystems({ earlier, later, matching }: Lists): ComparedSystems {
  const pairs = pairUp(earlier, later, ({ id }) => id).filter(({ key }) => matching.has(key))
  const of = (change: Change) => pairs.filter((pair) => changeOfSystem(pair) === change)
  return { added: of('added'), gone: of('gone'), changed: of('changed'), same: of('same') }
}

/** Retired in between is gone from the inventory, though the register keeps it. */
function changeOfSystem(pair: SystemPair): Change {
  const { earlier, later } = pair
  if (earlier === null) return 'added'
  if (later === null || (earlier.retiredAt === null && later.retiredAt !== null)) return 'gone'
  return changedFields(pair).length === 0 ? 'same' : 'changed'
}

export function changedFields({ earlier, later }: SystemPair): readonly CountedField[] {
  return earlier === null || later === null ? [] : COUNTED.filter((field) => earlier[field] !== later[field])
}
