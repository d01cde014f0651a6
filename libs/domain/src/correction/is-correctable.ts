import type { EventType } from '../event-type.ts'

/**
 * Observations are corrected; decisions, and corrections themselves, are followed by others. So is what an approval was asked for: people
 * voted on it, and it binds what they approved.
 */
export function isCorrectable({ recordedBy, stream }: EventType): boolean {
  return recordedBy === 'sender' && stream !== 'any' && stream !== 'approval'
}
