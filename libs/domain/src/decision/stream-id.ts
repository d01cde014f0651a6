import { firstHexDigitOfSha256 } from './sha-256.ts'

/**
 * `<system>~<UTC date>~<h>`, h = the first hex digit of SHA-256(decisionId): sixteen streams a system and day, so that a busy
 * system isn't one hot stream.
 */
export function decisionStreamId(system: string, decidedOn: string, decisionId: string): string {
  return `${system}~${decidedOn}~${firstHexDigitOfSha256(decisionId)}`
}
