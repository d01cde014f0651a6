import { useRef, useState } from 'react'
import { INPUT, Labelled } from '../forms/labelled.tsx'
import { SendingProblem } from '../forms/sending-problem.tsx'
import { useSending } from '../forms/use-sending.ts'
import { useSession } from '../session/use-session.ts'
import { announce } from '../ui/announce.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { chosenScope, EMPTY_SCOPE } from './chosen-scope.ts'
import { exportPack } from './evidence-documents.ts'
import { PackPreview } from './pack-preview.tsx'
import { ScopeFields } from './scope-fields.tsx'

/** Asks for a pack: its scope with a preview, why, and whether people's names go with it. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const { catalogue } = useSession()
  const { sending, send, refuse } = useSending()
  const [draft, setDraft] = useState(EMPTY_SCOPE)
  const [purpose, setPurpose] = useState('')
  const [withNames, setWithNames] = useState(false)
  const [recipient, setRecipient] = useState('')
  // Sent again it is the same pack.
  const id = useRef(crypto.randomUUID())
  const chosen = chosenScope(draft, catalogue)
  const ready = chosen.status === 'chosen' && purpose.trim() !== '' && (!withNames || recipient.trim() !== '')

  async function begin(): Promise<void> {
    if (chosen.status !== 'chosen' || !ready) return
    const data = await send(exportPack, {
      input: {
        id: id.current,
        scope: chosen.scope,
        purpose: purpose.trim(),
        withNames,
        ...(withNames && { recipient: recipient.trim() }),
      },
    })
    if (data === null) return
    if (data.exportPack.__typename !== 'Pack') {
      id.current = crypto.randomUUID()
      return refuse(data.exportPack.message)
    }
    announce('The pack is being made')
    onClose()
  }

  return (
    <Dialog title="Export evidence" open onOpenChange={(open) => !open && sending.status !== 'pending' && onClose()}>
      <form
        noValidate
        className="flex min-h-0 flex-col"
        onSubmit={(event) => {
          event.preventDefault()
          void begin()
        }}
      >
        <div className="grid min-h-0 gap-4 overflow-y-auto p-4">
          <ScopeFields draft={draft} problem={chosen.status === 'wrong' ? chosen.problem : null} onChange={setDraft} />
          {chosen.status === 'chosen' && <PackPreview scope={chosen.scope} />}
          <Labelled label="Purpose" hint="What it is for. It stands in the pack and in the record, encrypted at rest there.">
            {(aria) => (
              <textarea
                {...aria}
                rows={2}
                maxLength={2000}
                value={purpose}
                className={INPUT}
                onChange={(event) => setPurpose(event.target.value)}
              />
            )}
          </Labelled>
          <label className="flex items-start gap-2.5 text-sm">
            <input
              type="checkbox"
              checked={withNames}
              onChange={(event) => setWithNames(event.target.checked)}
              className="mt-0.5 size-4 accent-accent"
            />
            <span>
              With names
              <span className="block text-xs text-ink-3">
                Discloses the profiles of people who decided and the personal fields of data subjects. The disclosure is recorded.
              </span>
            </span>
          </label>
          {withNames && (
            <Labelled label="Recipient" hint="To whom the personal data is disclosed (Art. 30(1)(d) GDPR).">
              {(aria) => (
                <input {...aria} type="text" value={recipient} className={INPUT} onChange={(event) => setRecipient(event.target.value)} />
              )}
            </Labelled>
          )}
          <SendingProblem sending={sending} refused="No pack was made" />
        </div>
        <div className="flex justify-end gap-2 border-t border-line px-4 py-3">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={!ready || sending.status === 'pending'}>
            {sending.status === 'pending' ? 'Asking…' : 'Export'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
