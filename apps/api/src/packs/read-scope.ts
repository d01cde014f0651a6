import { isReference } from '@annal/proof'
import type { EventFilterInput } from '../trail/read-filter.ts'
import { readFilter } from '../trail/read-filter.ts'
import type { PackScope } from './pack-scope.ts'

/** `PackScopeInput` of the SDL, coerced. */
export interface PackScopeInput {
  readonly kind: 'SYSTEM' | 'INCIDENT' | 'MODEL' | 'WORKSPACE' | 'PERIOD' | 'FILTER'
  readonly thing?: string | null
  readonly from?: string | null
  readonly until?: string | null
  readonly filter?: EventFilterInput | null
}

export type ReadScope =
  | { readonly status: 'read'; readonly scope: PackScope }
  | { readonly status: 'refused'; readonly message: string; readonly path: string }

const prefixes = { SYSTEM: ['system', 'aisystem'], INCIDENT: ['incident', 'incident'], MODEL: ['model', 'model'] } as const

export function readScope(input: PackScopeInput, workspace: string): ReadScope {
  switch (input.kind) {
    case 'SYSTEM':
    case 'INCIDENT':
    case 'MODEL':
      return readThing(input.kind, input.thing ?? '')
    case 'WORKSPACE':
      return { status: 'read', scope: { kind: 'workspace' } }
    case 'PERIOD':
      return readPeriod(input.from ?? null, input.until ?? null)
    case 'FILTER':
      return { status: 'read', scope: { kind: 'filter', filter: readFilter(input.filter, workspace) } }
  }
}

function readThing(kind: 'SYSTEM' | 'INCIDENT' | 'MODEL', thing: string): ReadScope {
  const [scope, prefix] = prefixes[kind]
  const reference = thing.startsWith(`${prefix}:`) ? thing : `${prefix}:${thing}`
  if (isReference(reference)) return { status: 'read', scope: { kind: scope, thing: reference } }
  return { status: 'refused', path: '/scope/thing', message: `A pack of this kind names its ${scope} by its id.` }
}

function readPeriod(from: string | null, until: string | null): ReadScope {
  if (from !== null && until !== null && from < until) return { status: 'read', scope: { kind: 'period', from, until } }
  return { status: 'refused', path: '/scope/until', message: 'A period has a beginning and a later end.' }
}
