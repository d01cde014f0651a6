import { useState } from 'react'
import { INPUT, Labelled } from '../forms/labelled.tsx'
import { ReasonField } from '../forms/reason-field.tsx'
import { SendingDialog } from '../forms/sending-dialog.tsx'
import { useSending } from '../forms/use-sending.ts'
import { useSession } from '../session/use-session.ts'
import { announce } from '../ui/announce.ts'
import type { Person } from './people-page-documents.ts'
import { grantRole } from './person-documents.ts'
import { personRole, ROLE_CHOICES, roleName } from './person-roles.ts'

/** Gives somebody a role. It holds from the moment on at which it is recorded. */
export function GrantDialog({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
  const { viewer } = useSession()
  const { sending, send, refuse } = useSending()
  const [chosen, setChosen] = useState('')
  const [reason, setReason] = useState('')
  const role = personRole(chosen)

  async function grant(): Promise<void> {
    if (role === null) return
    const data = await send(grantRole, { input: { person: person.id, role, reason: reason.trim() || null } })
    if (data === null) return
    const answer = data.grantRole
    if (answer.__typename === 'DecisionRefused') return refuse(answer.message, answer.reason)
    if (answer.__typename !== 'Person') return refuse(answer.message)
    announce(`${roleName(role)} granted`)
    // What the reader may do was read when the page was opened.
    if (person.id === viewer.id) location.reload()
    else onClose()
  }

  return (
    <SendingDialog
      title={`Grant ${person.name ?? person.id} a role`}
      act="Grant"
      acting="Granting…"
      ready={role !== null}
      sending={sending}
      refused="No role was granted"
      onSend={() => void grant()}
      onClose={onClose}
    >
      <Labelled label="Role" hint="In this workspace. It holds at once, in open sessions too.">
        {(aria) => (
          <select {...aria} value={chosen} className={INPUT} onChange={(event) => setChosen(event.target.value)}>
            <option value="">Choose…</option>
            {ROLE_CHOICES.map(({ value, title }) => (
              <option key={value} value={value} disabled={person.roles.includes(value)}>
                {title}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <ReasonField value={reason} onChange={setReason} />
    </SendingDialog>
  )
}
