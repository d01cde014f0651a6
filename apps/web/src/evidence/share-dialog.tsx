import { useRef, useState } from 'react'
import { inDays } from '../decisions/local-input.ts'
import { readersZone } from '../format/instants.ts'
import { type Choice, FoundChoice } from '../forms/found-choice.tsx'
import { INPUT, Labelled } from '../forms/labelled.tsx'
import { SendingProblem } from '../forms/sending-problem.tsx'
import { useSending } from '../forms/use-sending.ts'
import { useSession } from '../session/use-session.ts'
import { announce } from '../ui/announce.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { type Pack, type SharePackInput, sharePack } from './evidence-documents.ts'
import { usePeople } from './use-choices.ts'

type ShareRole = NonNullable<SharePackInput['role']>

const ROLES: readonly { readonly value: ShareRole; readonly title: string }[] = [
  { value: 'REGULATOR', title: 'Regulators' },
  { value: 'AUDITOR', title: 'Auditors' },
  { value: 'APPROVER', title: 'Approvers' },
  { value: 'RISK_MANAGER', title: 'Risk managers' },
]

/** Makes a pack available to a role or a person, until a date. */
export function ShareDialog({ pack, onClose }: { readonly pack: Pack; readonly onClose: () => void }) {
  const { now } = useSession()
  const { sending, send, refuse } = useSending()
  const [by, setBy] = useState<'role' | 'person'>('role')
  const [role, setRole] = useState<ShareRole>('REGULATOR')
  const [person, setPerson] = useState<Choice | null>(null)
  const [until, setUntil] = useState(() => inDays(30, now()))
  const [reason, setReason] = useState('')
  const id = useRef(crypto.randomUUID())
  const end = new Date(until)
  const late = Number.isNaN(end.getTime()) ? 'This is no date and time.' : end <= now() ? 'This is past.' : null
  const ready = late === null && (by === 'role' || person !== null)

  async function share(): Promise<void> {
    if (!ready) return
    const whom = by === 'role' ? { role } : { person: person?.id ?? null }
    const data = await send(sharePack, {
      input: { id: id.current, pack: pack.id, until: end.toISOString(), ...whom, ...(reason.trim() !== '' && { reason: reason.trim() }) },
    })
    if (data === null) return
    if (data.sharePack.__typename !== 'Pack') {
      id.current = crypto.randomUUID()
      return refuse(data.sharePack.message)
    }
    announce('Shared')
    onClose()
  }

  return (
    <Dialog title="Share the pack" open onOpenChange={(open) => !open && sending.status !== 'pending' && onClose()}>
      <form
        noValidate
        className="flex min-h-0 flex-col"
        onSubmit={(event) => {
          event.preventDefault()
          void share()
        }}
      >
        <div className="grid min-h-0 gap-4 overflow-y-auto p-4">
          <Segmented
            label="With whom"
            value={by}
            onChange={setBy}
            options={[
              { value: 'role', title: 'With a role' },
              { value: 'person', title: 'With a person' },
            ]}
          />
          {by === 'role' ? (
            <Labelled label="Role" hint="Everybody who has it in this workspace.">
              {(aria) => (
                <select
                  {...aria}
                  value={role}
                  className={INPUT}
                  onChange={(event) => {
                    const chosen = ROLES.find(({ value }) => value === event.target.value)
                    if (chosen) setRole(chosen.value)
                  }}
                >
                  {ROLES.map(({ value, title }) => (
                    <option key={value} value={value}>
                      {title}
                    </option>
                  ))}
                </select>
              )}
            </Labelled>
          ) : (
            <FoundChoice label="Person" value={person} onChange={setPerson} useFound={usePeople} />
          )}
          <Labelled
            label="Until"
            hint={`In ${readersZone()}. After it the pack can't be downloaded any more; copies stay where they are.`}
            problem={late}
          >
            {(aria) => (
              <input {...aria} type="datetime-local" value={until} className={INPUT} onChange={(event) => setUntil(event.target.value)} />
            )}
          </Labelled>
          <Labelled label="Reason" optional>
            {(aria) => (
              <input
                {...aria}
                type="text"
                maxLength={2000}
                value={reason}
                className={INPUT}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Labelled>
          <SendingProblem sending={sending} refused="It was not shared" />
        </div>
        <div className="flex justify-end gap-2 border-t border-line px-4 py-3">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={!ready || sending.status === 'pending'}>
            {sending.status === 'pending' ? 'Sharing…' : 'Share'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
