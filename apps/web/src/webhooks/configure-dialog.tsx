import { useRef, useState } from 'react'
import { SendingDialog } from '../forms/sending-dialog.tsx'
import { useSending } from '../forms/use-sending.ts'
import { announce } from '../ui/announce.ts'
import { CommandLine } from '../ui/command-line.tsx'
import { draftOf, inputOf, isReady } from './webhook-draft.ts'
import { WebhookFields } from './webhook-fields.tsx'
import { configureWebhook, type Webhook } from './webhooks-documents.ts'

/** Sets a webhook up, changes it or removes it. A new secret is shown once. */
export function ConfigureDialog({ webhook, onClose }: { readonly webhook: Webhook | null; readonly onClose: () => void }) {
  const { sending, send, refuse } = useSending()
  const [draft, setDraft] = useState(() => draftOf(webhook))
  const [secret, setSecret] = useState<string | null>(null)
  // Sent again it is the same change.
  const id = useRef(crypto.randomUUID())
  const removes = draft.state === 'REMOVED'

  async function configure(): Promise<void> {
    const data = await send(configureWebhook, { input: inputOf(id.current, draft) })
    if (data === null) return
    const answer = data.configureWebhook
    if (answer.__typename !== 'WebhookConfigured') {
      id.current = crypto.randomUUID()
      return refuse(answer.message)
    }
    announce(removes ? 'The webhook was removed' : 'The webhook is configured')
    if (answer.secret === null) onClose()
    else setSecret(answer.secret)
  }

  return (
    <SendingDialog
      title={webhook === null ? 'Add a webhook' : `Configure ${webhook.id}`}
      act={webhook === null ? 'Add' : removes ? 'Remove' : 'Configure'}
      acting="Recording…"
      ready={isReady(draft)}
      grave={removes}
      sending={sending}
      refused={webhook === null ? 'No webhook was set up' : 'It is as it was'}
      onSend={() => void configure()}
      onClose={onClose}
      done={
        secret && (
          <div role="status" className="grid gap-2 text-sm">
            <p>Copy the secret now: it is shown once. Deliveries are signed with it, so that their receiver can tell them from others.</p>
            <CommandLine text={secret} what="secret" />
          </div>
        )
      }
    >
      <WebhookFields draft={draft} known={webhook !== null} onChange={setDraft} />
    </SendingDialog>
  )
}
