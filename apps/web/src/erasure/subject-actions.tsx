import { Suspense, useState } from 'react'
import { DecisionButton } from '../decisions/decision-button.tsx'
import { placeHoldDecision, refuseErasureDecision, requestErasureDecision } from '../decisions/erasure-decisions.ts'
import { may } from '../session/may.ts'
import { useOnlyNow } from '../session/use-only-now.ts'
import { useSession } from '../session/use-session.ts'
import { Button } from '../ui/button.tsx'
import { lazily } from '../ui/lazily.tsx'
import type { Subject } from './erasure-documents.ts'

const EraseDialog = lazily(() => import('./erase-dialog.tsx').then((module) => module.EraseDialog))

/** What can be decided about a data subject. Nothing more once it is erased. */
export function SubjectActions({ subject }: { readonly subject: Subject }) {
  const { viewer, now } = useSession()
  const [erasing, setErasing] = useState(false)
  const onlyNow = useOnlyNow()
  const { id, status } = subject
  const open = may(viewer, 'answer-data-subjects') && status !== 'ERASED'
  return (
    <>
      {open && (
        <>
          {status === 'REQUESTED' ? (
            <DecisionButton decision={() => refuseErasureDecision(id)}>Refuse</DecisionButton>
          ) : (
            <DecisionButton decision={() => requestErasureDecision(id)}>Note a request</DecisionButton>
          )}
          <DecisionButton decision={() => placeHoldDecision(id, now())}>Place a hold</DecisionButton>
          <Button aria-haspopup="dialog" onClick={() => setErasing(true)} {...onlyNow}>
            Erase
          </Button>
        </>
      )}
      <Suspense>{erasing && <EraseDialog subject={subject} onClose={() => setErasing(false)} />}</Suspense>
    </>
  )
}
