import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { INPUT, Labelled } from '../forms/labelled.tsx'
import { SendingProblem } from '../forms/sending-problem.tsx'
import type { Sending } from '../forms/use-sending.ts'
import { ask } from '../graphql/client.ts'
import { useSession } from '../session/use-session.ts'
import { Button } from '../ui/button.tsx'
import { findSubject } from './erasure-documents.ts'

const SUBJECT = /^sub_[0-9a-z]+$/

/** Finds a data subject by the sender's own reference, or by its id. */
export function SubjectFinder() {
  const { client, viewer } = useSession()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [sending, setSending] = useState<Sending>({ status: 'editing' })
  const open = (id: string) => void navigate({ to: `/w/${viewer.workspace.id}/data-subjects/${id}` })

  async function find(): Promise<void> {
    const wanted = text.trim()
    if (wanted === '') return
    if (SUBJECT.test(wanted)) return open(wanted)
    setSending({ status: 'pending' })
    const answer = await ask(client, findSubject, { reference: wanted })
    if (answer.status === 'failed') return setSending({ status: 'refused', message: answer.problem.message, rule: null })
    const found = answer.data.dataSubject
    if (found === null)
      return setSending({ status: 'refused', message: 'no event in this workspace was recorded under this reference', rule: null })
    open(found.id)
  }

  return (
    <form
      aria-label="Find a data subject"
      className="grid max-w-xl gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        void find()
      }}
    >
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <Labelled label="Find a data subject" hint="The reference under which services recorded, such as a customer number, or sub_…">
            {(aria) => (
              <input
                {...aria}
                type="text"
                autoComplete="off"
                spellCheck={false}
                value={text}
                className={INPUT}
                onChange={(event) => {
                  setText(event.target.value)
                  setSending({ status: 'editing' })
                }}
              />
            )}
          </Labelled>
        </div>
        <Button type="submit" className="mt-6" disabled={sending.status === 'pending'}>
          {sending.status === 'pending' ? 'Looking…' : 'Find'}
        </Button>
      </div>
      <SendingProblem sending={sending} refused="Nobody was found" />
    </form>
  )
}
