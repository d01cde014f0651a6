import type { TrailFilter } from '@annal/projections'

/** What a pack is asked to cover. Times cut on ledger time, `from` inclusive, `until` exclusive. */
export type PackScope =
  | { readonly kind: 'system' | 'incident' | 'model'; readonly thing: string }
  | { readonly kind: 'workspace' }
  | { readonly kind: 'period'; readonly from: string; readonly until: string }
  | { readonly kind: 'filter'; readonly filter: TrailFilter }

/** The scope as a person would say it. */
export function scopeText(scope: PackScope): string {
  switch (scope.kind) {
    case 'system':
      return `The AI system ${idOf(scope.thing)}`
    case 'incident':
      return `The incident ${idOf(scope.thing)}`
    case 'model':
      return `The model ${idOf(scope.thing)}`
    case 'workspace':
      return 'The whole workspace'
    case 'period':
      return `What was recorded from ${scope.from} to ${scope.until}`
    case 'filter':
      return 'A selection of the audit trail'
  }
}

function idOf(thing: string): string {
  return thing.slice(thing.indexOf(':') + 1)
}
