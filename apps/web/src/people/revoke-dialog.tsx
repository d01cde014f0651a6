import { useState } from 'react'
import { ReasonField } from '../forms/reason-field.tsx'
import { SendingDialog } from '../forms/sending-dialog.tsx'
import { useSending } from '../forms/use-sending.ts'
import { useSession } from '../session/use-session.ts'
import { announce } from '../ui/announce.ts'
import type { Person } from './people-page-documents.ts'
import { revokeRole } from './person-documents.ts'
import { type Role, roleName } from './person-roles.ts'

interface RevokeDialogProps {
  readonly person: Person
  readonly role: Role
  readonly onClose: () => void
}

/** Takes a role from somebody. */
export function RevokeDialog({ person, role, onClose }: RevokeDialogProps) {
  const { viewer } = useSession()
  const { sending, send, refuse } = useSending()
  const [reason, setReason] = useState('')
  const own = person.id === viewer.id

  async function revoke(): Promise<void> {
    const data = await send(revokeRole, { input: { person: person.id, role, reason: reason.trim() || null } })
    if (data === null) return
    const answer = data.revokeRole
    if (answer.__typename === 'DecisionRefused') return refuse(answer.message, answer.reason)
    if (answer.__typename !== 'Person') return refuse(answer.message)
    announce(`${roleName(role)} revoked`)
    // What the reader may do was read when the page was opened.
    if (own) location.reload()
    else onClose()
  }

  return (
    <SendingDialog
      title={`Revoke ${roleName(role)}`}
      act="Revoke at once"
      acting="Revoking…"
      ready
      grave
      sending={sending}
      refused="The role stands"
      onSend={() => void revoke()}
      onClose={onClose}
    >
      <p className="text-sm text-ink-2">
        {person.name ?? person.id} may do no more than the other roles allow, at once and in open sessions too. Without any role all
        sessions here end.
      </p>
      {own && <p className="text-sm font-medium text-bad">You take it from yourself: only another administrator can give it back.</p>}
      <ReasonField value={reason} onChange={setReason} />
    </SendingDialog>
  )
}
