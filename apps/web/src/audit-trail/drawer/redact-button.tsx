import { useDecide } from '../../decisions/decision-host.tsx'
import { redactDecision } from '../../decisions/redact-decision.tsx'
import { may } from '../../session/may.ts'
import { ONLY_NOW } from '../../session/use-only-now.ts'
import { useSession } from '../../session/use-session.ts'
import { notPressed } from '../../ui/button.tsx'
import { fieldTitle } from './field-title.ts'
import { useOpenEvent } from './open-event.ts'

/** Opens the form that redacts one field of the open event, for who may do so. */
export function RedactButton({ pointer }: { readonly pointer: string }) {
  const { viewer, inPast } = useSession()
  const { event, again } = useOpenEvent()
  const decide = useDecide()
  if (!may(viewer, 'redact')) return null
  const field = fieldTitle(pointer)
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      data-print="no"
      onClick={() => decide(redactDecision({ event, pointer, field, recorded: again }))}
      className="-mr-1 inline-flex min-h-6 items-center rounded px-1 text-2xs text-ink-3 underline decoration-line underline-offset-2 hover:text-bad hover:decoration-bad aria-disabled:cursor-not-allowed aria-disabled:opacity-45"
      {...(inPast && notPressed(ONLY_NOW))}
    >
      Redact…<span className="heard"> {field}</span>
    </button>
  )
}
