import { useState } from 'react'
import { LineField } from '../forms/line-field.tsx'
import { SendingDialog } from '../forms/sending-dialog.tsx'
import { useSending } from '../forms/use-sending.ts'
import { CommandLine } from '../ui/command-line.tsx'
import { issueApiKey } from './keys-documents.ts'

/** Issues a key for a service. Its secret is shown once. */
export function IssueDialog({ onClose }: { readonly onClose: () => void }) {
  const { sending, send, refuse } = useSending()
  const [name, setName] = useState('')
  const [secret, setSecret] = useState<string | null>(null)

  async function issue(): Promise<void> {
    const data = await send(issueApiKey, { input: { name: name.trim(), role: 'SERVICE' } })
    if (data === null) return
    if (data.issueApiKey.__typename === 'IssuedApiKey') setSecret(data.issueApiKey.secret)
    else refuse(data.issueApiKey.message)
  }

  return (
    <SendingDialog
      title="Issue an API key"
      act="Issue"
      acting="Issuing…"
      ready={name.trim() !== ''}
      sending={sending}
      refused="No key was issued"
      onSend={() => void issue()}
      onClose={onClose}
      done={
        secret && (
          <div role="status" className="grid gap-2 text-sm">
            <p>Copy it now: it is shown once, and kept nowhere in the clear.</p>
            <CommandLine text={secret} what="key" />
          </div>
        )
      }
    >
      <LineField
        label="Service"
        hint="The service that will emit with it, such as credit-scoring-pipeline. It appends only, and never decides."
        value={name}
        onChange={setName}
      />
    </SendingDialog>
  )
}
