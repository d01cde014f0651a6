import { useSending } from '../forms/use-sending.ts'
import { useOnlyNow } from '../session/use-only-now.ts'
import { announce } from '../ui/announce.ts'
import { Button } from '../ui/button.tsx'
import type { Delivery } from './webhooks-documents.ts'
import { replayDelivery } from './webhooks-documents.ts'

/** Sends a delivery again. What is waiting for its first attempt needs none. */
export function ReplayButton({ delivery }: { readonly delivery: Delivery }) {
  const { sending, send, refuse } = useSending()
  const onlyNow = useOnlyNow()
  if (delivery.state === 'WAITING') return null

  async function replay(): Promise<void> {
    const data = await send(replayDelivery, { id: delivery.id })
    if (data === null) return announce('It is not known whether it will be sent again')
    const answer = data.replayDelivery
    if (answer.__typename === 'Delivery') return announce('It is sent again')
    refuse(answer.message)
    announce(answer.message)
  }

  const problem = sending.status === 'refused' ? sending.message : sending.status === 'failed' ? sending.problem.message : null
  return (
    <Button
      look="quiet"
      className={problem === null ? '' : 'text-bad'}
      data-tip={problem ?? 'Sends it again, before all that comes after it'}
      disabled={sending.status === 'pending'}
      onClick={() => void replay()}
      {...onlyNow}
    >
      {sending.status === 'pending' ? 'Replaying…' : problem === null ? 'Replay' : 'Try again'}
    </Button>
  )
}
