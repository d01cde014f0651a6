import { INPUT, Labelled } from '../forms/labelled.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { TypesField } from './types-field.tsx'
import { problemsOf, type WebhookDraft } from './webhook-draft.ts'

interface WebhookFieldsProps {
  readonly draft: WebhookDraft
  /** Whether it was set up before: then its id stays. */
  readonly known: boolean
  readonly onChange: (draft: WebhookDraft) => void
}

const STATES = {
  ENABLED: 'Events are sent as they are recorded. A paused webhook goes on.',
  DISABLED: 'Nothing is sent; what it is owed waits.',
  REMOVED: 'What it is owed is given up, and its secret is destroyed.',
} as const

export function WebhookFields({ draft, known, onChange }: WebhookFieldsProps) {
  const problems = problemsOf(draft)
  return (
    <>
      {!known && (
        <Labelled label="Id" problem={problems.webhook} hint="How it is called in the record, such as tickets.">
          {(aria) => (
            <input
              {...aria}
              type="text"
              autoComplete="off"
              spellCheck={false}
              value={draft.webhook}
              className={`${INPUT} font-mono text-xs`}
              onChange={(event) => onChange({ ...draft, webhook: event.target.value })}
            />
          )}
        </Labelled>
      )}
      <Labelled
        label="Address"
        problem={problems.url}
        hint="https://, reachable in public. A server that only its own machine reaches sends to that machine too, with http:// as well."
      >
        {(aria) => (
          <input
            {...aria}
            type="url"
            autoComplete="off"
            spellCheck={false}
            value={draft.url}
            className={`${INPUT} font-mono text-xs`}
            onChange={(event) => onChange({ ...draft, url: event.target.value })}
          />
        )}
      </Labelled>
      <div className="grid gap-1">
        <span className="text-sm font-medium">Events</span>
        <span>
          <Segmented
            label="Events"
            value={draft.some ? 'some' : 'all'}
            onChange={(value) => onChange({ ...draft, some: value === 'some' })}
            options={[
              { value: 'all', title: 'All types' },
              { value: 'some', title: 'Chosen types' },
            ]}
          />
        </span>
      </div>
      {draft.some && <TypesField value={draft.types} onChange={(types) => onChange({ ...draft, types })} />}
      {known && <StateFields draft={draft} onChange={onChange} />}
    </>
  )
}

function StateFields({ draft, onChange }: Omit<WebhookFieldsProps, 'known'>) {
  return (
    <>
      <div className="grid gap-1">
        <span className="text-sm font-medium">State</span>
        <span>
          <Segmented
            label="State"
            value={draft.state}
            onChange={(state) => onChange({ ...draft, state })}
            options={[
              { value: 'ENABLED', title: 'On' },
              { value: 'DISABLED', title: 'Off' },
              { value: 'REMOVED', title: 'Remove' },
            ]}
          />
        </span>
        <p className={draft.state === 'REMOVED' ? 'text-xs font-medium text-bad' : 'text-xs text-ink-3'}>{STATES[draft.state]}</p>
      </div>
      <label className="flex items-start gap-2.5 text-sm">
        <input
          type="checkbox"
          checked={draft.rotate}
          disabled={draft.state === 'REMOVED'}
          onChange={(event) => onChange({ ...draft, rotate: event.target.checked })}
          className="mt-0.5 size-4 accent-accent"
        />
        <span>
          A new secret
          <span className="block text-xs text-ink-3">It takes the place of the old one at once, and is shown once.</span>
        </span>
      </label>
    </>
  )
}
