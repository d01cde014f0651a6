import { isContinued, type PackManifest } from '@annal/proof'
import { scopeText } from './scope-text.ts'

/** What the pack claims to be complete for. @param events that are in it. */
export function completenessSentence({ scope, size }: Pick<PackManifest, 'scope' | 'size'>, events: number): string {
  switch (scope.kind) {
    case 'workspace':
      return `Complete: all ${size} leaves of the workspace's log are in this pack, proven by the tree.`
    case 'range':
      return `Complete for the period: ${rangeSentence(scope)}, proven by the tree; the times of the neighbours show that none of the period is left out.`
    case 'references':
      if (events === 0)
        return `No event that names ${scope.refs.join(', ')} is in this pack. That none does it can not prove: the whole workspace can.`
      return `Complete for ${scope.refs.join(', ')}: every leaf that carries its token is in this pack, proven by the token map of the tree head.`
    case 'selection':
      return `Selection: ${scopeText(scope).toLowerCase()}. Completeness is not claimed: events that the filter left out are not shown.`
  }
}

function rangeSentence({ from, to }: PackManifest['scope'] & { readonly kind: 'range' }): string {
  if (from === to) return 'nothing was recorded in it'
  return from === to - 1
    ? `leaf ${from} of the log is in this pack`
    : `leaves ${from} to ${to - 1} of the log are in this pack without a gap`
}

/** What nobody should read into it. */
export function notProvenSentences({
  scope,
  origin,
  withNames,
}: Pick<PackManifest, 'scope' | 'origin'> & { withNames: boolean }): string[] {
  const earlier = isContinued(origin)
    ? ['This log continues an earlier one: what was recorded before is in that log and not in this pack. break.jsonl says which.']
    : []
  const naming = scope.kind === 'references' ? ['An event that concerns it but does not name it is not covered.'] : []
  const names = withNames ? [] : ['Names of people and personal fields are not disclosed; people appear by their ids.']
  return ['An event that was never recorded can not be missed by any proof.', ...earlier, ...naming, ...names]
}
