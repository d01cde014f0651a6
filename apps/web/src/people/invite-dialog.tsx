import { useEffect, useRef, useState } from 'react'
import { useForm } from 'react-hook-form'
import { type FormField, optional, problemWith } from '../decisions/decision.ts'
import { FieldInput } from '../decisions/field-input.tsx'
import { ProblemText } from '../frame/problem-page.tsx'
import { type Problem, problemOf, turnedAway } from '../graphql/problem.ts'
import { readingClient } from '../reading/reading-client.ts'
import { useSession } from '../session/use-session.ts'
import { Button } from '../ui/button.tsx'
import { CommandLine } from '../ui/command-line.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { focusFirstField } from '../ui/first-field.ts'
import { Notice } from '../ui/notice.tsx'
import { invitePerson } from './people-page-documents.ts'
import { personRole, ROLE_CHOICES } from './person-roles.ts'

type State =
  | { readonly status: 'editing' }
  | { readonly status: 'pending' }
  | { readonly status: 'invited'; readonly link: string | null; readonly email: string }
  | { readonly status: 'refused'; readonly message: string }
  | { readonly status: 'failed'; readonly problem: Problem }

const FIELDS: readonly FormField[] = [
  {
    name: 'email',
    label: 'E-mail',
    kind: 'line',
    required: true,
    most: 254,
    hint: 'Personal data: encrypted at rest, erasable.',
    check: (value) => (/^\S+@\S+\.\S+$/.test(value.trim()) ? null : 'This is no e-mail address.'),
  },
  { name: 'name', label: 'Name', kind: 'line', most: 200, hint: 'As others see it. Encrypted at rest, erasable.' },
  { name: 'title', label: 'Title', kind: 'line', most: 200, hint: 'What they do, such as Head of model risk.' },
  { name: 'role', label: 'Role', kind: 'choice', required: true, values: ROLE_CHOICES },
]

/** Invites a person by a link that is good once, for seven days. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const { client, viewer } = useSession()
  const [state, setState] = useState<State>({ status: 'editing' })
  const form = useForm<Record<string, string>>({ mode: 'onChange', defaultValues: { email: '', name: '', title: '', role: '' } })

  const done = useRef<HTMLButtonElement>(null)
  // The button that had the focus is gone: the next key goes on from here.
  useEffect(() => {
    if (state.status === 'invited') done.current?.focus()
  }, [state.status])

  async function send(values: Readonly<Record<string, string>>): Promise<void> {
    const role = personRole(values.role)
    if (role === null) return
    setState({ status: 'pending' })
    const email = values.email?.trim() ?? ''
    const { data, error } = await client
      .mutation(invitePerson, { input: { email, role, ...optional('name', values.name), ...optional('title', values.title) } })
      .toPromise()
    if (error) return setState({ status: 'failed', problem: problemOf(error) })
    if (!data)
      return setState({ status: 'failed', problem: { kind: 'broken', message: 'The server’s answer holds no data.', correlationId: null } })
    const answer = data.invitePerson
    if (answer.__typename !== 'Invited') return setState({ status: 'refused', message: answer.message })
    setState({ status: 'invited', link: answer.link, email })
    readingClient(viewer.workspace.id).again(new Set(['people', 'invitations']))
  }

  return (
    <Dialog title="Invite somebody" open onOpenChange={(open) => !open && state.status !== 'pending' && onClose()}>
      <form ref={focusFirstField} noValidate className="flex min-h-0 flex-col" onSubmit={(event) => void form.handleSubmit(send)(event)}>
        <div className="grid min-h-0 gap-4 overflow-y-auto p-4">
          {state.status === 'invited' ? (
            <Invited link={state.link} email={state.email} />
          ) : (
            <>
              {FIELDS.map((field) => (
                <FieldInput
                  key={field.name}
                  field={field}
                  form={form}
                  problem={form.formState.errors[field.name]?.message}
                  rule={(value) => problemWith(field, value ?? '', form.getValues()) ?? true}
                />
              ))}
              {state.status === 'refused' && (
                <Notice tone="bad" title="Nobody was invited">
                  {state.message}
                </Notice>
              )}
              {state.status === 'failed' && (
                <Notice
                  tone="bad"
                  title={
                    turnedAway(state.problem) ? 'Nobody was invited by this attempt' : 'It is not known whether the invitation was made'
                  }
                >
                  <ProblemText problem={state.problem} wrote />
                </Notice>
              )}
            </>
          )}
        </div>
        <div className="flex justify-end gap-2 border-t border-line px-4 py-3">
          {state.status === 'invited' ? (
            <Button ref={done} look="primary" onClick={onClose}>
              Done
            </Button>
          ) : (
            <>
              <Button onClick={onClose}>Cancel</Button>
              <Button type="submit" look="primary" disabled={state.status === 'pending'}>
                {state.status === 'pending' ? 'Inviting…' : 'Invite'}
              </Button>
            </>
          )}
        </div>
      </form>
    </Dialog>
  )
}

function Invited({ link, email }: { readonly link: string | null; readonly email: string }) {
  if (link === null) return <p role="status">The invitation went to {email} by e-mail. Its link is good once, for seven days.</p>
  return (
    <div role="status" className="grid gap-2 text-sm">
      <p>Hand this link to {email} yourself: it is shown once, good once, and for seven days.</p>
      <CommandLine text={link} what="link" />
    </div>
  )
}
