import { Suspense, useState } from 'react'
import { useOnlyNow } from '../session/use-only-now.ts'
import { Button } from '../ui/button.tsx'
import { lazily } from '../ui/lazily.tsx'

const InviteDialog = lazily(() => import('./invite-dialog.tsx').then((module) => module.InviteDialog))

export function InviteButton() {
  const [inviting, setInviting] = useState(false)
  const onlyNow = useOnlyNow()
  return (
    <>
      <Button look="primary" aria-haspopup="dialog" onClick={() => setInviting(true)} {...onlyNow}>
        Invite somebody
      </Button>
      <Suspense>{inviting && <InviteDialog onClose={() => setInviting(false)} />}</Suspense>
    </>
  )
}
