import { FirstStep } from '../audit-trail/first-step.tsx'
import { Card } from '../ui/section.tsx'

/** The empty workspace teaches its first step. */
export function FirstSystem() {
  return (
    <Card>
      <FirstStep />
    </Card>
  )
}
