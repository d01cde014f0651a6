import { useState } from 'react'
import { INPUT, Labelled } from '../forms/labelled.tsx'
import { SendingDialog } from '../forms/sending-dialog.tsx'
import { useSending } from '../forms/use-sending.ts'
import { useSession } from '../session/use-session.ts'
import { renamed } from '../things/people-names.ts'
import { announce } from '../ui/announce.ts'
import type { Person } from './people-page-documents.ts'
import { setProfile } from './person-documents.ts'

const ADDRESS = /^\S+@\S+\.\S+$/

/** Name, address and title, set as a whole. */
export function ProfileDialog({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
  const { viewer } = useSession()
  const { sending, send, refuse } = useSending()
  const [name, setName] = useState(person.name ?? '')
  const [email, setEmail] = useState(person.email ?? '')
  const [title, setTitle] = useState(person.title ?? '')
  const address = email.trim()
  const wrongAddress = address !== '' && !ADDRESS.test(address) ? 'This is no e-mail address.' : null

  async function set(): Promise<void> {
    const input = { person: person.id, name: name.trim(), title: title.trim() || null }
    const moved = address !== (person.email ?? '')
    const data = await send(setProfile, { input: moved ? { ...input, email: address || null } : input })
    if (data === null) return
    if (data.setProfile.__typename !== 'Person') return refuse(data.setProfile.message)
    renamed(viewer.workspace.id, person.id, input.name)
    announce('Profile recorded')
    onClose()
  }

  return (
    <SendingDialog
      title="Edit the profile"
      act="Record the profile"
      acting="Recording…"
      ready={name.trim() !== '' && wrongAddress === null}
      sending={sending}
      refused="The profile is as it was"
      onSend={() => void set()}
      onClose={onClose}
    >
      <Labelled label="Name" hint="As others see it. Encrypted at rest, erasable.">
        {(aria) => (
          <input {...aria} type="text" maxLength={200} value={name} className={INPUT} onChange={(event) => setName(event.target.value)} />
        )}
      </Labelled>
      <Labelled
        label="E-mail"
        optional
        problem={wrongAddress}
        hint={
          person.email === null
            ? 'Sign-in links go there.'
            : 'Sign-in links go there. The address before is told of a change, if mail is set up.'
        }
      >
        {(aria) => (
          <input
            {...aria}
            type="email"
            maxLength={254}
            autoComplete="off"
            value={email}
            className={INPUT}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Labelled>
      <Labelled label="Title" optional hint="What they do, such as Head of model risk.">
        {(aria) => (
          <input {...aria} type="text" maxLength={200} value={title} className={INPUT} onChange={(event) => setTitle(event.target.value)} />
        )}
      </Labelled>
    </SendingDialog>
  )
}
