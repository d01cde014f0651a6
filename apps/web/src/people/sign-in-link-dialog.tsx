import { useState } from 'react'
import { SendingDialog } from '../forms/sending-dialog.tsx'
import { useSending } from '../forms/use-sending.ts'
import { CommandLine } from '../ui/command-line.tsx'
import { Instant } from '../ui/instant.tsx'
import type { Person } from './people-page-documents.ts'
import { issueSignInLink } from './person-documents.ts'

interface Issued {
  readonly link: string | null
  readonly expiresAt: string
}

/** Makes a link that signs somebody in, once. Shown once, unless it went by e-mail. */
export function SignInLinkDialog({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
  const { sending, send, refuse } = useSending()
  const [issued, setIssued] = useState<Issued | null>(null)
  const name = person.name ?? person.id

  async function issue(): Promise<void> {
    const data = await send(issueSignInLink, { person: person.id })
    if (data === null) return
    if (data.issueSignInLink.__typename === 'SignInLinkIssued') setIssued(data.issueSignInLink)
    else refuse(data.issueSignInLink.message)
  }

  return (
    <SendingDialog
      title={`A sign-in link for ${name}`}
      act="Make the link"
      acting="Making…"
      ready
      sending={sending}
      refused="No link was made"
      onSend={() => void issue()}
      onClose={onClose}
      done={
        issued && (
          <div role="status" className="grid gap-2 text-sm">
            {issued.link === null ? (
              <p>The link went to {person.email} by e-mail.</p>
            ) : (
              <>
                <p>Hand this link to {name} yourself: it is shown once and good once.</p>
                <CommandLine text={issued.link} what="link" />
              </>
            )}
            <p className="text-ink-3">
              It works until <Instant at={issued.expiresAt} />.
            </p>
          </div>
        )
      }
    >
      <p className="text-sm text-ink-2">
        For whoever can’t get a link by themselves. It is good once, for 15 minutes. Whoever has it can sign in as {name}: that you made it
        is recorded before it works.
      </p>
    </SendingDialog>
  )
}
