import type { PastEvent } from './decider.ts'

/** An event as it stands in the record, as folds over several streams read it: in the record's order. */
export interface RecordedFact extends PastEvent {
  readonly id: string
  readonly workspace: string
  /** Whole, with the workspace in front. */
  readonly stream: string
  readonly streamVersion: number
  readonly occurredAt: string
  readonly recordedAt: string
}

/** `<stream>/<event id>`: how events are referred to everywhere. */
export function referenceOf({ stream, id }: Pick<RecordedFact, 'stream' | 'id'>): string {
  return `${stream}/${id}`
}
