import { useRef, useState } from 'react'
import { EventOpen } from '../audit-trail/event-open.tsx'
import { INPUT, Labelled } from '../forms/labelled.tsx'
import { ReasonField } from '../forms/reason-field.tsx'
import { SendingDialog } from '../forms/sending-dialog.tsx'
import { useSending } from '../forms/use-sending.ts'
import { announce } from '../ui/announce.ts'
import { eraseSubject, type PackHolder, type Subject } from './erasure-documents.ts'
import { PackHolders } from './pack-holders.tsx'

const GROUNDS = [
  { value: 'no_longer_needed', title: 'No longer needed (Art. 17(1)(a))' },
  { value: 'consent_withdrawn', title: 'Consent withdrawn (Art. 17(1)(b))' },
  { value: 'objection', title: 'Objection (Art. 17(1)(c))' },
  { value: 'unlawful', title: 'Processed unlawfully (Art. 17(1)(d))' },
  { value: 'legal_obligation', title: 'A legal obligation to erase (Art. 17(1)(e))' },
  { value: 'request', title: 'The person’s request (Art. 17(1))' },
] as const

interface Erased {
  readonly event: string
  readonly packsHeldBy: readonly PackHolder[]
}

/** Destroys the keys of a data subject. What is left to do is told: who holds packs. */
export function EraseDialog({ subject, onClose }: { readonly subject: Subject; readonly onClose: () => void }) {
  const { sending, send, refuse } = useSending()
  const [ground, setGround] = useState(subject.status === 'REQUESTED' ? 'request' : '')
  const [reason, setReason] = useState('')
  const [sure, setSure] = useState(false)
  const [erased, setErased] = useState<Erased | null>(null)
  // Sent again it is the same erasure.
  const id = useRef(crypto.randomUUID())

  async function erase(): Promise<void> {
    const data = await send(eraseSubject, { input: { id: id.current, subject: subject.id, ground, reason: reason.trim() || null } })
    if (data === null) return
    const answer = data.eraseSubject
    if (answer.__typename === 'Erasure') {
      announce('Erased')
      return setErased(answer)
    }
    id.current = crypto.randomUUID()
    refuse(answer.message, answer.__typename === 'DecisionRefused' ? answer.reason : null)
  }

  return (
    <SendingDialog
      title={`Erase ${subject.id}`}
      act="Erase for good"
      acting="Erasing…"
      ready={ground !== '' && sure}
      grave
      sending={sending}
      refused="Nothing was erased"
      onSend={() => void erase()}
      onClose={onClose}
      done={erased && <Done erased={erased} onClose={onClose} />}
    >
      <p className="text-sm text-ink-2">
        The keys of what is personal are destroyed: nobody can read it again. The events stay, with every proof of them.
      </p>
      <Labelled label="Ground">
        {(aria) => (
          <select {...aria} value={ground} className={INPUT} onChange={(event) => setGround(event.target.value)}>
            <option value="">Choose…</option>
            {GROUNDS.map(({ value, title }) => (
              <option key={value} value={value}>
                {title}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <ReasonField value={reason} onChange={setReason} />
      <label className="flex items-start gap-2.5 text-sm">
        <input type="checkbox" checked={sure} onChange={(event) => setSure(event.target.checked)} className="mt-0.5 size-4 accent-accent" />
        It can’t be undone, not from a backup either.
      </label>
    </SendingDialog>
  )
}

function Done({ erased, onClose }: { readonly erased: Erased; readonly onClose: () => void }) {
  const count = erased.packsHeldBy.length
  return (
    <div className="grid gap-3 text-sm">
      <p role="status" className="font-medium text-ok">
        Erased.
      </p>
      <p>
        {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the link within is what is pressed; this follows it. */}
        <span onClick={onClose}>
          <EventOpen event={erased.event}>The event that records it</EventOpen>
        </span>
      </p>
      {count > 0 && <p>Tell those who hold packs (Art. 19 GDPR): {count === 1 ? 'one pack is' : `${count} packs are`} out.</p>}
      <PackHolders holders={erased.packsHeldBy} />
    </div>
  )
}
