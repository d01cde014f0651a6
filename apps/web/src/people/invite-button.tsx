import { lazy, Suspense, useState } from 'react'
import { Button } from '../ui/button.tsx'

const InviteDialog = lazy(() => import('./invite-dialog.tsx').then((module) => ({ default: module.InviteDialog })))

export function InviteButton() {
  const [inviting, setInviting] = useState(false)
  return (
    <>
      <Button look="primary" aria-haspopup="dialog" onClick={() => setInviting(true)}>
        Invite somebody
      </Button>
      <Suspense>{inviting && <InviteDialog onClose={() => setInviting(false)} />}</Suspense>
    </>
  )
}
