import { type DecisionRequest, madeId, said } from '../decisions/decision-request.ts'

export interface RefuseErasureInput {
  readonly id: string
  readonly subject: string
  readonly ground: string
  readonly reason: string
}

export interface PlaceLegalHoldInput {
  readonly id: string
  readonly hold?: string | null
  readonly subject?: string | null
  readonly systems?: readonly string[] | null
  readonly matter: string
  readonly reviewOn?: string | null
}

export interface ReleaseLegalHoldInput {
  readonly id: string
  readonly hold: string
  readonly reason: string
}

/** An answer to a request is due within one month (GDPR Art. 12(3)). */
export function requestErasure(
  id: string,
  subject: string,
  { requestedOn, note }: { requestedOn: string; note: string | null },
): DecisionRequest {
  return { id, type: 'ErasureRequested', data: said({ subject, requestedOn, due: oneMonthAfter(requestedOn), note }) }
}

export function refuseErasure({ id, ...input }: RefuseErasureInput): DecisionRequest {
  return { id, type: 'ErasureRefused', data: said({ ...input }) }
}

export function placeLegalHold({ id, hold, ...input }: PlaceLegalHoldInput): DecisionRequest {
  return { id, type: 'LegalHoldPlaced', data: said({ ...input, hold: hold ?? madeId('hold', id) }) }
}

/** @param subject as named when the hold was placed: it says in which stream the hold stands. */
export function releaseLegalHold({ id, ...input }: ReleaseLegalHoldInput, subject: string | null): DecisionRequest {
  return { id, type: 'LegalHoldReleased', data: said({ ...input, subject }) }
}

/** The same day of the next month, or its last day where it has no such day (Regulation 1182/71, Art. 3(2)(c)). */
function oneMonthAfter(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month, Math.min(date, last))).toISOString().slice(0, 10)
}
