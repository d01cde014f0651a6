import type { ComponentProps, ReactNode } from 'react'
import { useOnlyNow } from '../session/use-only-now.ts'
import { Button } from '../ui/button.tsx'
import type { Decision } from './decision.ts'
import { useDecide } from './decision-host.tsx'

interface DecisionButtonProps {
  readonly decision: () => Decision
  readonly look?: ComponentProps<typeof Button>['look']
  /** What stands in its way: shown and heard before it is pressed. */
  readonly obstacle?: string | undefined
  readonly children: ReactNode
}

/** Opens the form of a decision, now only. */
export function DecisionButton({ decision, look = 'outline', obstacle, children }: DecisionButtonProps) {
  const decide = useDecide()
  const onlyNow = useOnlyNow()
  return (
    <Button
      look={look}
      aria-haspopup="dialog"
      aria-description={obstacle}
      data-tip={obstacle}
      onClick={() => decide(decision())}
      {...onlyNow}
    >
      {children}
    </Button>
  )
}
