import type { ComponentProps, ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import type { Decision } from './decision.ts'
import { useDecide } from './decision-host.tsx'

interface DecisionButtonProps {
  readonly decision: () => Decision
  readonly look?: ComponentProps<typeof Button>['look']
  readonly children: ReactNode
}

/** Opens the form of a decision. */
export function DecisionButton({ decision, look = 'outline', children }: DecisionButtonProps) {
  const decide = useDecide()
  return (
    <Button look={look} aria-haspopup="dialog" onClick={() => decide(decision())}>
      {children}
    </Button>
  )
}
