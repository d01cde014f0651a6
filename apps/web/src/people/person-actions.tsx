import { Suspense, useState } from 'react'
import { useOnlyNow } from '../session/use-only-now.ts'
import { useSession } from '../session/use-session.ts'
import { Button } from '../ui/button.tsx'
import { lazily } from '../ui/lazily.tsx'
import type { Person } from './people-page-documents.ts'

const ProfileDialog = lazily(() => import('./profile-dialog.tsx').then((module) => module.ProfileDialog))
const SignInLinkDialog = lazily(() => import('./sign-in-link-dialog.tsx').then((module) => module.SignInLinkDialog))
const DeactivateDialog = lazily(() => import('./deactivate-dialog.tsx').then((module) => module.DeactivateDialog))

type Open = 'nothing' | 'profile' | 'link' | 'deactivate'

/** What the reader may do about a person: everything as an administrator, one's own profile as anybody. */
export function PersonActions({ person }: { readonly person: Person }) {
  const { viewer } = useSession()
  const [open, setOpen] = useState<Open>('nothing')
  const onlyNow = useOnlyNow()
  const administers = viewer.roles.includes('ADMINISTRATOR')
  if (person.status === 'DEACTIVATED' || (!administers && person.id !== viewer.id)) return null
  const close = () => setOpen('nothing')
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => setOpen('profile')} {...onlyNow}>
        Edit the profile
      </Button>
      {administers && (
        <>
          <Button aria-haspopup="dialog" onClick={() => setOpen('link')} {...onlyNow}>
            Sign-in link
          </Button>
          <Button look="quiet" aria-haspopup="dialog" onClick={() => setOpen('deactivate')} {...onlyNow}>
            Deactivate
          </Button>
        </>
      )}
      <Suspense>
        {open === 'profile' && <ProfileDialog person={person} onClose={close} />}
        {open === 'link' && <SignInLinkDialog person={person} onClose={close} />}
        {open === 'deactivate' && <DeactivateDialog person={person} onClose={close} />}
      </Suspense>
    </>
  )
}
