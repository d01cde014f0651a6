import { useId, useState } from 'react'
import { localInput } from '../decisions/local-input.ts'
import { dayAndTime, readersZone } from '../format/instants.ts'
import { useSession } from '../session/use-session.ts'
import { Button } from '../ui/button.tsx'
import { instantIn } from './as-of-parameter.ts'
import { pastPresets, typedInstant } from './past-presets.ts'
import type { Time } from './use-as-of.ts'

/** `now`, `other`, or the instant of a common day. */
interface Draft {
  readonly choice: string
  /** What the field of another date holds. */
  readonly text: string
}

type Chosen = { readonly status: 'chosen'; readonly instant: string | null } | { readonly status: 'refused'; readonly problem: string }

interface TwoDatesProps {
  readonly time: Time
  readonly choose: (act: () => void) => void
}

/** Two dates to show beside each other; the earlier one comes first whichever was named first. */
export function TwoDates({ time: { asOf, with: other, compares, compare }, choose }: TwoDatesProps) {
  const { now } = useSession()
  const presets = pastPresets(now())
  const draftOf = (instant: string | null): Draft => ({
    choice: instant === null ? 'now' : presets.some((preset) => preset.instant === instant) ? instant : 'other',
    text: localInput(new Date(instant ?? now()), 'seconds'),
  })
  const [first, setFirst] = useState(() => draftOf(instantIn(asOf)))
  const [second, setSecond] = useState(() => draftOf(compares ? instantIn(other) : asOf.status === 'past' ? null : monthAgo(presets)))
  const one = chosenIn(first, now())
  const two = chosenIn(second, now())
  const same = one.status === 'chosen' && two.status === 'chosen' && one.instant === two.instant
  return (
    <form
      noValidate
      aria-label="Compare two dates"
      className="grid gap-3 p-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (one.status === 'chosen' && two.status === 'chosen' && !same) choose(() => compare(one.instant, two.instant))
      }}
    >
      <DateField label="First date" draft={first} onChange={setFirst} problem={problemIn(one)} />
      <DateField label="Second date" draft={second} onChange={setSecond} problem={same ? 'Both are the same date.' : problemIn(two)} />
      <p className="text-xs text-ink-3">
        In your zone, {readersZone()}. The overview, the register of systems and each system show both; other pages the first.
      </p>
      <div>
        <Button type="submit" look="primary" disabled={same || one.status === 'refused' || two.status === 'refused'}>
          Compare
        </Button>
      </div>
    </form>
  )
}

function monthAgo(presets: ReturnType<typeof pastPresets>): string | null {
  return presets.find(({ title }) => title === 'A month ago')?.instant ?? null
}

function chosenIn({ choice, text }: Draft, now: Date): Chosen {
  if (choice !== 'other') return { status: 'chosen', instant: choice === 'now' ? null : choice }
  const instant = typedInstant(text, now)
  if (instant === null) return { status: 'refused', problem: 'This is no date and time.' }
  return Date.parse(instant) > now.getTime() ? { status: 'refused', problem: 'This has not come yet.' } : { status: 'chosen', instant }
}

function problemIn(chosen: Chosen): string | null {
  return chosen.status === 'refused' ? chosen.problem : null
}

const FIELD = 'h-8 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 text-sm tabular aria-invalid:border-bad'

interface DateFieldProps {
  readonly label: string
  readonly draft: Draft
  readonly onChange: (draft: Draft) => void
  readonly problem: string | null
}

function DateField({ label, draft, onChange, problem }: DateFieldProps) {
  const { now } = useSession()
  const id = useId()
  const told = { 'aria-invalid': problem !== null, 'aria-describedby': `${id}-problem` }
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <select
        id={id}
        {...told}
        value={draft.choice}
        onChange={(event) => onChange({ ...draft, choice: event.target.value })}
        className={FIELD}
      >
        <option value="now">Now</option>
        {pastPresets(now()).map(({ title, instant }) => (
          <option key={title} value={instant}>
            {title}: {dayAndTime(instant)}
          </option>
        ))}
        <option value="other">Another date and time</option>
      </select>
      {draft.choice === 'other' && (
        <input
          type="datetime-local"
          step={1}
          aria-label={`${label}: date and time`}
          {...told}
          max={localInput(now(), 'seconds')}
          value={draft.text}
          onChange={(event) => onChange({ ...draft, text: event.target.value })}
          className={FIELD}
        />
      )}
      <p id={`${id}-problem`} className="text-xs text-bad">
        {problem}
      </p>
    </div>
  )
}
