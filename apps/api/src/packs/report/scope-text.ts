import type { PackScope } from '@annal/proof'

const KINDS: Readonly<Record<string, string>> = { aisystem: 'The AI system', incident: 'The incident', model: 'The model' }

/** A manifest's scope as a person would say it. */
export function scopeText(scope: PackScope): string {
  switch (scope.kind) {
    case 'workspace':
      return 'The whole workspace'
    case 'range':
      return `What was recorded ${rangeText(scope)}`
    case 'references':
      return scope.refs.map(thingText).join(', ')
    case 'selection':
      return 'A selection of the audit trail'
  }
}

function rangeText({ from, to, since, until }: PackScope & { readonly kind: 'range' }): string {
  return since === null || until === null ? `as leaves ${from} to ${to} of the log` : `from ${since} to ${until}`
}

function thingText(ref: string): string {
  const colon = ref.indexOf(':')
  const kind = KINDS[ref.slice(0, colon)]
  return kind === undefined ? ref : `${kind} ${ref.slice(colon + 1)}`
}
