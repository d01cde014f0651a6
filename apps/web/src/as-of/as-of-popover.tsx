import { Check } from 'lucide-react'
import { useId, useState } from 'react'
import { localInput } from '../decisions/local-input.ts'
import { dayAndTime, readersZone } from '../format/instants.ts'
import { useSession } from '../session/use-session.ts'
import { Button } from '../ui/button.tsx'
import type { Floating } from '../ui/on-demand.tsx'
import { Popover } from '../ui/popover.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { instantIn } from './as-of-parameter.ts'
import { pastPresets, typedInstant } from './past-presets.ts'
import { TwoDates } from './two-dates.tsx'
import type { Time } from './use-as-of.ts'

interface AsOfPopoverProps {
  readonly time: Time
  readonly view: 'one' | 'two'
  readonly onView: (view: 'one' | 'two') => void
}

const VIEWS = [
  { value: 'one', title: 'One date' },
  { value: 'two', title: 'Compare two' },
] as const

/** Now, a common day, or any instant of the past; or two of them beside each other. */
export function AsOfPopover({ time, view, onView, ...floating }: AsOfPopoverProps & Floating) {
  return (
    <Popover label="As of" {...floating}>
      {(close) => {
        const choose = (act: () => void) => {
          close()
          act()
        }
        return (
          <>
            <div className="border-b border-line p-2">
              <Segmented label="Dates shown" value={view} onChange={onView} options={VIEWS} />
            </div>
            <div className="overflow-y-auto">
              {view === 'one' ? <OneDate time={time} choose={choose} /> : <TwoDates time={time} choose={choose} />}
            </div>
          </>
        )
      }}
    </Popover>
  )
}

interface DatesProps {
  readonly time: Time
  /** Closes what the dates are chosen in, and shows them. */
  readonly choose: (act: () => void) => void
}

function OneDate({ time: { asOf, with: other, show, back }, choose }: DatesProps) {
  const { now } = useSession()
  const instant = other.status === 'none' ? instantIn(asOf) : null
  const isNow = asOf.status === 'now' && other.status === 'none'
  const presets = pastPresets(now())
  return (
    <>
      <ul aria-label="Common days" className="p-1">
        <li>
          <Choice title="Now" note="the record as it is" chosen={isNow} onChoose={() => choose(isNow ? () => {} : back)} />
        </li>
        {presets.map((preset) => (
          <li key={preset.title}>
            <Choice
              title={preset.title}
              note={dayAndTime(preset.instant)}
              chosen={instant === preset.instant}
              onChoose={() => choose(() => show(preset.instant))}
            />
          </li>
        ))}
      </ul>
      <AnyInstant
        key={instant}
        start={instant ?? presets[0]?.instant ?? now().toISOString()}
        onShow={(chosen) => choose(() => show(chosen))}
      />
    </>
  )
}

interface ChoiceProps {
  readonly title: string
  readonly note: string
  readonly chosen: boolean
  readonly onChoose: () => void
}

function Choice({ title, note, chosen, onChoose }: ChoiceProps) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onChoose}
      className="flex min-h-8 w-full items-center gap-2 rounded-md px-2 text-left text-sm hover:bg-sunken"
    >
      <span className="flex-1">{title}</span>
      <span className="text-xs text-ink-3 tabular">{note}</span>
      <Check aria-hidden className={`size-4 shrink-0 text-accent ${chosen ? '' : 'invisible'}`} />
    </button>
  )
}

function AnyInstant({ start, onShow }: { readonly start: string; readonly onShow: (instant: string) => void }) {
  const { now } = useSession()
  const id = useId()
  const [text, setText] = useState(() => localInput(new Date(start), 'seconds'))
  const instant = typedInstant(text, now())
  const problem = instant === null ? 'This is no date and time.' : Date.parse(instant) > now().getTime() ? 'This has not come yet.' : null
  return (
    <form
      noValidate
      className="grid gap-2 border-t border-line p-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (problem === null && instant !== null) onShow(instant)
      }}
    >
      <label htmlFor={id} className="text-sm font-medium">
        Another date and time
      </label>
      <input
        id={id}
        type="datetime-local"
        step={1}
        max={localInput(now(), 'seconds')}
        value={text}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-hint`}
        onChange={(event) => setText(event.target.value)}
        className="h-8 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 text-sm tabular aria-invalid:border-bad"
      />
      <p id={`${id}-hint`} className={`text-xs ${problem === null ? 'text-ink-3' : 'text-bad'}`}>
        {problem ?? `In your zone, ${readersZone()}. What was recorded up to then is shown.`}
      </p>
      <div>
        <Button type="submit" look="primary" disabled={problem !== null}>
          Show as of then
        </Button>
      </div>
    </form>
  )
}
