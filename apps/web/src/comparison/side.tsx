import type { ReactNode } from 'react'
import { utcExact } from '../format/instants.ts'
import { SessionContext } from '../session/use-session.ts'
import { nameOf, useComparison } from './comparison.ts'

interface SideProps {
  readonly of: 'earlier' | 'later'
  readonly children: ReactNode
}

/** What stands there is as of that date, and so is wherever it leads. */
export function Side({ of, children }: SideProps) {
  return <SessionContext value={useComparison()[of]}>{children}</SessionContext>
}

export function SideName({ of }: Pick<SideProps, 'of'>) {
  const session = useComparison()[of]
  if (session.asOf === null) return 'Now'
  return (
    <time dateTime={session.asOf} data-tip={utcExact(session.asOf)} className="tabular">
      {nameOf(session)}
    </time>
  )
}
