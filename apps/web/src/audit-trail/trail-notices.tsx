import { ProblemText } from '../frame/problem-page.tsx'
import type { Problem } from '../graphql/problem.ts'
import { Button } from '../ui/button.tsx'
import { useTrail } from './trail-context.ts'

/** The list could not be read. */
export function TrailProblem({ problem }: { readonly problem: Problem }) {
  const { feed } = useTrail()
  return (
    <div role="alert" className="mx-auto w-full max-w-xl px-4 py-12 sm:px-6">
      <h2 className="text-lg font-semibold tracking-tight">The events could not be read</h2>
      <ProblemText problem={problem} />
      <div className="mt-4">
        {problem.kind === 'signed-out' ? (
          <Button look="primary" onClick={() => location.reload()}>
            Sign in again
          </Button>
        ) : (
          <Button look="primary" onClick={() => feed?.reload()}>
            Try again
          </Button>
        )}
      </div>
    </div>
  )
}

/** The filter has an error: nothing is shown rather than something that it doesn't say. */
export function NothingAsked() {
  const { setLine } = useTrail()
  return (
    <div className="mx-auto w-full max-w-xl px-4 py-12 sm:px-6">
      <h2 className="text-lg font-semibold tracking-tight">The filter can’t be read</h2>
      <p className="mt-1 text-ink-2">
        No events are shown until it can, so that nothing here is mistaken for its result. Correct it above, or start anew.
      </p>
      <div className="mt-4">
        <Button onClick={() => setLine('')}>Clear the filter</Button>
      </div>
    </div>
  )
}

export function NothingMatches() {
  const { setLine, setTerms, terms } = useTrail()
  return (
    <div className="mx-auto w-full max-w-xl px-4 py-12 sm:px-6">
      <h2 className="text-lg font-semibold tracking-tight">No event matches</h2>
      <p className="mt-1 text-ink-2">
        Nothing that is recorded here fulfils all conditions of the filter. New events that do will show up by themselves.
      </p>
      <div className="mt-4 flex gap-2">
        {terms.length > 1 && <Button onClick={() => setTerms(terms.slice(0, -1))}>Remove the last condition</Button>}
        <Button onClick={() => setLine('')}>Clear the filter</Button>
      </div>
    </div>
  )
}
