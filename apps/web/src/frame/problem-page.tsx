import type { ReactNode } from 'react'
import type { Problem } from '../graphql/problem.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy.tsx'
import { Mark } from '../ui/mark.tsx'

/** A page that could not be opened at all. */
export function ProblemPage({ problem, workspace }: { readonly problem: Problem; readonly workspace: string | null }) {
  return (
    <main className="flex min-h-dvh items-start justify-center px-4 pt-[16vh]">
      <div className="w-full max-w-md">
        <Mark className="size-7" />
        <h1 className="mt-4 text-xl font-semibold tracking-tight">{titleOf(problem, workspace)}</h1>
        <ProblemText problem={problem} />
        <div className="mt-6 flex gap-2">
          <Button look="primary" onClick={() => location.reload()}>
            Try again
          </Button>
          <a
            href="/"
            className="inline-flex h-8 items-center rounded-md border border-line bg-surface px-2.5 text-sm font-medium text-ink-2 hover:bg-hover hover:text-ink"
          >
            Your workspace
          </a>
        </div>
      </div>
    </main>
  )
}

/** What happened, whether anything was recorded by it, what to do, and the correlation id. `wrote`: something was to be recorded. */
export function ProblemText({ problem, wrote = false }: { readonly problem: Problem; readonly wrote?: boolean }) {
  return (
    <div className="mt-2 grid gap-2 text-ink-2">
      <p>{problem.message}</p>
      <p>
        {!wrote && 'Reading changes nothing, so nothing was recorded or lost. '}
        {whatToDo(problem, wrote)}
      </p>
      {problem.correlationId !== null && (
        <p className="flex flex-wrap items-center gap-1 text-sm text-ink-3">
          Correlation id <span className="font-mono text-xs break-all text-ink">{problem.correlationId}</span>
          <CopyButton text={problem.correlationId} what="correlation id" />
        </p>
      )}
    </div>
  )
}

function titleOf(problem: Problem, workspace: string | null): ReactNode {
  if (problem.kind === 'not-allowed' && workspace !== null) return `You have no access to the workspace ${workspace}`
  return problem.kind === 'unreachable' ? 'The server can’t be reached' : 'This page could not be opened'
}

function whatToDo(problem: Problem, wrote: boolean): string {
  switch (problem.kind) {
    case 'unreachable':
      return 'Check your connection and that the server runs, then try again.'
    case 'signed-out':
      return 'Sign in again with a new link.'
    case 'not-allowed':
      return 'Ask an administrator of the workspace for a role in it.'
    case 'too-many':
      return 'Wait a moment, then try again.'
    case 'invalid':
      return wrote ? 'Change what you entered, then try again.' : 'Change the filter, then try again.'
    case 'broken':
      return problem.correlationId === null
        ? 'Try again; if it stays so, tell whoever runs the server.'
        : 'Try again; if it stays so, give the correlation id to whoever runs the server.'
  }
}
