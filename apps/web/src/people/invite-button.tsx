import { lazy, Suspense, useState } from 'react'
import { useOnlyNow } from '../session/use-only-now.ts'
import { Button } from '../ui/button.tsx'

const InviteDialog = lazy(() => import('./invite-dialog.tsx').then((module) => ({ default: module.InviteDialog })))

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
