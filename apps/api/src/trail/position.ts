import type { Position } from '@annal/ledger'
import { TypedError } from '../http/typed-error.ts'

/** A position as a client hands it back. It is compared, never computed with, so any other text finds nothing and breaks nothing. */
export function asPosition(text: string): Position {
  if (!/^[0-9A-Za-z_-]{1,64}$/.test(text)) throw new TypedError('BAD_USER_INPUT', 'A cursor or position must be one that was given out.')
  return text as Position
}
