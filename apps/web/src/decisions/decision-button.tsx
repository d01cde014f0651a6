import type { ComponentProps, ReactNode } from 'react'
import { useOnlyNow } from '../session/use-only-now.ts'
import { Button } from '../ui/button.tsx'
import type { Decision } from './decision.ts'
import { useDecide } from './decision-host.tsx'

interface DecisionButtonProps {
  readonly decision: () => Decision
  readonly look?: ComponentProps<typeof Button>['look']
  readonly children: ReactNode
}

/** Opens the form of a decision, now only. */
export function DecisionButton({ decision, look = 'outline', children }: DecisionButtonProps) {
  const decide = useDecide()
  const onlyNow = useOnlyNow()
  return (
    <Button look={look} aria-haspopup="dialog" onClick={() => decide(decision())} {...onlyNow}>
      {children}
    </Button>
  )
}
