import { useState } from 'react'
import { ReasonField } from '../forms/reason-field.tsx'
import { SendingDialog } from '../forms/sending-dialog.tsx'
import { useSending } from '../forms/use-sending.ts'
import { useSession } from '../session/use-session.ts'
import { announce } from '../ui/announce.ts'
import type { Person } from './people-page-documents.ts'
import { deactivatePerson } from './person-documents.ts'

/** Ends what somebody may do here, at once and for good. */
export function DeactivateDialog({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
  const { viewer } = useSession()
  const { sending, send, refuse } = useSending()
  const [reason, setReason] = useState('')
  const name = person.name ?? person.id
  const own = person.id === viewer.id

  async function deactivate(): Promise<void> {
    const data = await send(deactivatePerson, { id: person.id, reason: reason.trim() || null })
    if (data === null) return
    const answer = data.deactivatePerson
    if (answer.__typename === 'DecisionRefused') return refuse(answer.message, answer.reason)
    if (answer.__typename !== 'Person') return refuse(answer.message)
    announce(`${name} was deactivated`)
    // The reader's own rights are gone: nothing of this page is theirs any more.
    if (own) location.reload()
    else onClose()
  }

  return (
    <SendingDialog
      title={`Deactivate ${name}`}
      act="Deactivate for good"
      acting="Deactivating…"
      ready
      grave
      sending={sending}
      refused="Nothing was changed"
      onSend={() => void deactivate()}
      onClose={onClose}
    >
      <p className="text-sm text-ink-2">
        Every role is taken and every session ends at once. It can’t be undone: who comes back is invited anew, as another person to the
        record. What they did stays in it.
      </p>
      {own && <p className="text-sm font-medium text-bad">This is you: you are signed out with it.</p>}
      <ReasonField value={reason} onChange={setReason} />
    </SendingDialog>
  )
}
