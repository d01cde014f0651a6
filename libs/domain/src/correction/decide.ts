import type { ParsedEvent } from '../event-type.ts'
import { sortedUnique } from '../schema/compile-references.ts'
import { correctedFact } from './corrected-fact.ts'
import { workspaceOfReference } from './stream-of-reference.ts'

/** What a correction must be held against: the event that it names, as the record has it; null when the record has none. */
export interface CorrectedEvent {
  readonly type: string
  readonly stream: string
  readonly about: readonly string[]
  readonly data: Readonly<Record<string, unknown>>
}

/** Approvals, deployments and evaluations name the version that these make known; another version is another event. */
const makeVersions: ReadonlySet<string> = new Set(['ModelVersionRegistered', 'DatasetVersioned', 'IndexBuilt'])

export type CorrectionOutcome =
  | { readonly status: 'accepted'; readonly about: readonly string[] }
  | { readonly status: 'refused'; readonly message: string }

/**
 * A correction goes to the same workspace, stream and type as the event that it corrects, and is about all that either of them is
 * about. `original.stream` is without the workspace.
 */
export function decideCorrection(correction: ParsedEvent, original: CorrectedEvent | null, workspace: string): CorrectionOutcome {
  const { event, type } = correction.data
  if (typeof event !== 'string' || workspaceOfReference(event) !== workspace)
    return refusal('the event that is corrected is of another workspace')
  if (original === null) return refusal('there is no such event to correct')
  if (original.stream !== correction.stream) return refusal(`the event is in the stream ${original.stream}, not in ${correction.stream}`)
  if (original.type !== type) return refusal(`the event is a ${original.type}, not a ${String(type)}`)
  if (makeVersions.has(original.type) && original.data.version !== correctedFact(correction)?.data.version)
    return refusal(`the event is of the version ${original.data.version}: record another version as one of its own`)
  return { status: 'accepted', about: sortedUnique([...original.about, ...correction.about]) }
}

function refusal(message: string): CorrectionOutcome {
  return { status: 'refused', message }
}
