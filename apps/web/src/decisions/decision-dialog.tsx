import { useEffect, useRef } from 'react'
import { useForm } from 'react-hook-form'
import { sentence } from '../format/sentence.ts'
import { ProblemText } from '../frame/problem-page.tsx'
import { turnedAway } from '../graphql/problem.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { focusFirstField } from '../ui/first-field.ts'
import { Notice } from '../ui/notice.tsx'
import { type Decision, type FormValues, problemWith } from './decision.ts'
import { FieldInput } from './field-input.tsx'
import { Receipts } from './receipts.tsx'
import { refusalTitle } from './refusal-words.ts'
import { type DecisionState, useDecision } from './use-decision.ts'

interface DecisionDialogProps {
  readonly decision: Decision
  readonly onClose: () => void
}

/** Asks for what a decision needs, sends it, and shows its receipt when it is in the record. */
export function DecisionDialog({ decision, onClose }: DecisionDialogProps) {
  const { state, initial, drafted, send, keep, drop } = useDecision(decision)
  const form = useForm<Record<string, string>>({ mode: 'onChange', defaultValues: initial })
  const { errors } = form.formState

  useEffect(() => {
    const watching = form.watch((values) => keep(textsOf(values)))
    return () => watching.unsubscribe()
  }, [form, keep])

  const over = state.status === 'recorded'
  const done = useRef<HTMLButtonElement>(null)
  // The button that had the focus is gone: the next key goes on from here.
  useEffect(() => {
    if (over) done.current?.focus()
  }, [over])
  return (
    <Dialog title={decision.title} open onOpenChange={(open) => !open && state.status !== 'pending' && onClose()}>
      <form
        ref={focusFirstField}
        noValidate
        className="flex min-h-0 flex-col"
        onSubmit={(event) => void form.handleSubmit((values) => send(textsOf(values)))(event)}
      >
        <div className="grid min-h-0 gap-4 overflow-y-auto p-4">
          {over ? (
            <Receipts receipts={state.receipts} onOpen={onClose} />
          ) : (
            <>
              {decision.lead !== undefined && <div className="text-sm text-ink-2">{decision.lead}</div>}
              {drafted && (
                <p className="flex items-center gap-2 text-xs text-ink-3">
                  Your draft was kept.
                  <button
                    type="button"
                    className="underline underline-offset-2 hover:text-ink"
                    onClick={() => {
                      form.reset({ ...decision.initial })
                      drop()
                    }}
                  >
                    Begin anew
                  </button>
                </p>
              )}
              {decision.fields.map((field) => (
                <FieldInput
                  key={field.name}
                  field={field}
                  form={form}
                  problem={errors[field.name]?.message ?? refusedField(state, field.name)}
                  rule={(value) => problemWith(field, value ?? '', form.getValues()) ?? true}
                />
              ))}
              <Outcome state={state} />
            </>
          )}
        </div>
        <div className="flex items-center justify-end gap-2 border-t border-line px-4 py-3">
          {over ? (
            <Button ref={done} look="primary" onClick={onClose}>
              Done
            </Button>
          ) : (
            <>
              <Button onClick={onClose} disabled={state.status === 'pending'}>
                Cancel
              </Button>
              <Button
                type="submit"
                look="primary"
                disabled={state.status === 'pending'}
                className={decision.tone === 'grave' ? 'bg-bad hover:bg-bad' : ''}
              >
                {state.status === 'pending' ? 'Recording…' : state.status === 'failed' ? 'Try again' : decision.act}
              </Button>
            </>
          )}
        </div>
      </form>
    </Dialog>
  )
}

function Outcome({ state }: { readonly state: DecisionState }) {
  switch (state.status) {
    case 'editing':
    case 'recorded':
      return null
    case 'pending':
      return (
        <p role="status" className="text-sm text-ink-2">
          Recording… It counts when it is durable.
        </p>
      )
    case 'refused':
      return (
        <Notice tone="bad" title={refusalTitle(state.reason)}>
          <p>{sentence(state.message)}</p>
          <p className="mt-1">Nothing was recorded.</p>
        </Notice>
      )
    case 'failed':
      return (
        <Notice
          tone="bad"
          title={turnedAway(state.problem) ? 'Nothing was recorded by this attempt' : 'It is not known whether this was recorded'}
        >
          {!turnedAway(state.problem) && <p>The answer did not arrive. Trying again is safe: the same decision is recorded once.</p>}
          <ProblemText problem={state.problem} wrote />
        </Notice>
      )
  }
}

function refusedField(state: DecisionState, name: string): string | undefined {
  return state.status === 'refused' && state.path?.split('/')[1] === name ? sentence(state.message) : undefined
}

function textsOf(values: Readonly<Record<string, string | undefined>>): FormValues {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? '']))
}
