import type { RecordedFact } from '../recorded-fact.ts'

/** What a correction says of the event that it puts right. */
export interface CorrectedFact {
  readonly type: string
  /** `<stream>/<event id>`: the event that is corrected. */
  readonly event: string
  readonly data: RecordedFact['data']
}

/** Null for all but corrections. */
export function correctedFact({ type, data }: Pick<RecordedFact, 'type' | 'data'>): CorrectedFact | null {
  const { event, type: corrected, data: whole } = data
  if (type !== 'EventCorrected' || typeof event !== 'string' || typeof corrected !== 'string') return null
  return typeof whole === 'object' && whole !== null ? { type: corrected, event, data: whole as RecordedFact['data'] } : null
}
