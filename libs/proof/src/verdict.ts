/** What a check comes to. `reason` says what was expected and what was found, for people. */
export type Verdict = { readonly status: 'verified' } | { readonly status: 'refused'; readonly reason: string }

export const VERIFIED: Verdict = { status: 'verified' }

export function refuse(reason: string): Verdict {
  return { status: 'refused', reason }
}
