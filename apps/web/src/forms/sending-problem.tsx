import { refusalTitle } from '../decisions/refusal-words.ts'
import { sentence } from '../format/sentence.ts'
import { ProblemText } from '../frame/problem-page.tsx'
import { turnedAway } from '../graphql/problem.ts'
import { Notice } from '../ui/notice.tsx'
import type { Sending } from './use-sending.ts'

/** Why something was not done, or that it isn't known. */
export function SendingProblem({ sending, refused }: { readonly sending: Sending; readonly refused: string }) {
  switch (sending.status) {
    case 'editing':
    case 'pending':
      return null
    case 'refused':
      return (
        <Notice tone="bad" title={sending.rule === null ? refused : refusalTitle(sending.rule)}>
          {sentence(sending.message)}
          {sending.rule !== null && ` ${refused}.`}
        </Notice>
      )
    case 'failed':
      return (
        <Notice
          tone="bad"
          title={turnedAway(sending.problem) ? 'Nothing was done by this attempt' : 'It is not known whether this was done'}
        >
          <ProblemText problem={sending.problem} wrote />
        </Notice>
      )
  }
}
