import { createContext, type ReactNode, Suspense, use, useMemo, useState } from 'react'
import { useSession } from '../session/use-session.ts'
import { lazily } from '../ui/lazily.tsx'
import type { Decision } from './decision.ts'

const DecisionDialog = lazily(() => import('./decision-dialog.tsx').then((module) => module.DecisionDialog))

interface Deciding {
  readonly decide: (decision: Decision) => void
  /** A form is open. */
  readonly deciding: boolean
}

const DecisionContext = createContext<Deciding | null>(null)

/** Opens the form of a decision. @throws outside of a workspace's pages. */
export function useDecide(): Deciding['decide'] {
  return useDeciding().decide
}

/** @throws outside of a workspace's pages. */
export function useDeciding(): Deciding {
  const host = use(DecisionContext)
  if (host === null) throw new Error('expected a page within a workspace, found none')
  return host
}

/** Holds the open form: it outlives the row that it was opened from, which the decision may take out of its list. None opens in the past. */
export function DecisionHost({ children }: { readonly children: ReactNode }) {
  const [asked, setOpen] = useState<Decision | null>(null)
  const { inPast } = useSession()
  const open = inPast ? null : asked
  const deciding = useMemo(
    () => ({ decide: (decision: Decision) => !inPast && setOpen(decision), deciding: open !== null }),
    [open, inPast],
  )
  return (
    <DecisionContext value={deciding}>
      {children}
      {open !== null && (
        <Suspense>
          <DecisionDialog decision={open} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </DecisionContext>
  )
}
