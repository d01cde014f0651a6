import type { PackManifest } from '@annal/proof'
import { scopeText } from './scope-text.ts'

/** What the pack claims to be complete for. */
export function completenessSentence({ scope, size }: Pick<PackManifest, 'scope' | 'size'>): string {
  switch (scope.kind) {
    case 'workspace':
      return `Complete: all ${size} leaves of the workspace's log are in this pack, proven by the tree.`
    case 'range':
      return `Complete for the period: leaves ${scope.from} to ${scope.to} of the log are in this pack without a gap, proven by the tree; the times of their neighbours show that none of the period is left out.`
    case 'references':
      return `Complete for ${scope.refs.join(', ')}: every leaf that carries its token is in this pack, proven by the token map of the tree head.`
    case 'selection':
      return `Selection: ${scopeText(scope).toLowerCase()}. Completeness is not claimed: events that the filter left out are not shown.`
  }
}

/** What nobody should read into it. */
export function notProvenSentences(scope: PackManifest['scope'], withNames: boolean): string[] {
  const naming = scope.kind === 'references' ? ['An event that concerns it but does not name it is not covered.'] : []
  const names = withNames ? [] : ['Names of people and personal fields are not disclosed; people appear by their ids.']
  return ['An event that was never recorded can not be missed by any proof.', ...naming, ...names]
}
