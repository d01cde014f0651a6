import type { ReactNode } from 'react'
import type { Problem } from '../graphql/problem.ts'
import type { Reading } from '../reading/use-reading.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { PageFoot } from './page-foot.tsx'
import { ProblemText } from './problem-page.tsx'
import { useTitle } from './use-title.ts'

interface PageProps {
  readonly title: string
  /** Above the title: where the page stands. */
  readonly above?: ReactNode
  /** Beside the title: status, count. */
  readonly beside?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A page that scrolls as a whole. */
export function Page({ title, above, beside, actions, children }: PageProps) {
  useTitle(title)
  return (
    <main id="page" className="min-h-0 min-w-0 flex-1 overflow-y-auto overscroll-contain" data-print="flow">
      <div className="mx-auto grid w-full max-w-7xl grid-cols-[minmax(0,1fr)] gap-6 px-4 pt-4 pb-12 sm:px-6">
        <header className="grid gap-1 wrap-anywhere">
          {above !== undefined && <div className="flex min-h-5 flex-wrap items-center gap-x-2 text-xs text-ink-3">{above}</div>}
          <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
            <h1 className="min-w-0 text-lg font-semibold tracking-tight">{title}</h1>
            {beside}
            {actions !== undefined && (
              <div className="ml-auto flex flex-wrap items-center gap-2" data-print="no">
                {actions}
              </div>
            )}
          </div>
        </header>
        {children}
        <PageFoot />
      </div>
    </main>
  )
}

interface WhatIsReadProps<Data> {
  readonly reading: Reading<Data>
  readonly again: () => void
  /** In the words of the page: "The incident". */
  readonly what: string
  readonly loading: ReactNode
  readonly children: (data: Data) => ReactNode
}

/** What was read, or that it is on its way, or why it isn't here. */
export function WhatIsRead<Data>({ reading, again, what, loading, children }: WhatIsReadProps<Data>) {
  switch (reading.status) {
    case 'loading':
      return loading
    case 'failed':
      return <ReadProblem problem={reading.problem} what={what} again={again} />
    case 'read':
      return (
        <>
          {reading.behind !== null && <Behind problem={reading.behind} again={again} />}
          {children(reading.data)}
        </>
      )
  }
}

/** Something could not be read. */
export function ReadProblem({ problem, what, again }: { readonly problem: Problem; readonly what: string; readonly again: () => void }) {
  return (
    <div role="alert" className="max-w-xl py-6">
      <h2 className="text-lg font-semibold tracking-tight">{what} could not be read</h2>
      <ProblemText problem={problem} />
      <Button look="primary" className="mt-4" onClick={() => (problem.kind === 'signed-out' ? location.reload() : again())}>
        {problem.kind === 'signed-out' ? 'Sign in again' : 'Try again'}
      </Button>
    </div>
  )
}

/** What stands here could not be read again. */
export function Behind({ problem, again }: { readonly problem: Problem; readonly again: () => void }) {
  return (
    <Notice tone="warn" title="This may be behind the record">
      <span className="flex flex-wrap items-center gap-2">
        {problem.message}
        <Button onClick={again}>Try again</Button>
      </span>
    </Notice>
  )
}
