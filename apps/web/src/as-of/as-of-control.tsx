import { CalendarClock, History } from 'lucide-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { dayAndTime } from '../format/instants.ts'
import { useCommands } from '../frame/commands.ts'
import { useShortcuts } from '../frame/shortcuts.ts'
import { useSession } from '../session/use-session.ts'
import { classes } from '../ui/classes.ts'
import { onDemand } from '../ui/on-demand.tsx'
import { instantIn } from './as-of-parameter.ts'
import { pastPresets } from './past-presets.ts'
import type { Time } from './use-as-of.ts'

const AsOfPopover = onDemand(() => import('./as-of-popover.tsx').then((module) => module.AsOfPopover), 'dialog')

/** As of when everything is shown: now, or an instant of the past. */
export function AsOfControl({ time, button }: { readonly time: Time; readonly button: RefObject<HTMLButtonElement | null> }) {
  const { now } = useSession()
  const { asOf, compares, show, compare, back } = time
  const past = asOf.status === 'past' || compares
  const words = compares ? 'Two dates' : asOf.status === 'past' ? dayAndTime(asOf.instant) : 'Now'
  const [view, setView] = useState<'one' | 'two'>('one')
  const opening = useRef<ReturnType<typeof setTimeout>>(undefined)
  // What was in front, such as the palette, is gone by then.
  const open = () => {
    clearTimeout(opening.current)
    opening.current = setTimeout(() => button.current?.click(), 50)
  }

  const openFor = (dates: 'one' | 'two') => () => {
    setView(dates)
    open()
  }

  useEffect(() => setView(compares ? 'two' : 'one'), [compares])
  useShortcuts({ t: open })
  useCommands(() => [
    ...(past ? [{ id: 'as of now', group: 'Time', title: 'Back to now', keywords: 'as of present today', run: back }] : []),
    {
      id: 'as of',
      group: 'Time',
      title: 'As of…',
      keywords: 'past date time travel history as known then',
      keys: 't',
      run: openFor('one'),
    },
    { id: 'compare', group: 'Time', title: 'Compare two dates…', keywords: 'side by side difference with', run: openFor('two') },
    ...(compares
      ? [{ id: 'end comparison', group: 'Time', title: 'End the comparison', keywords: 'compare one date', run: time.endComparison }]
      : []),
    ...pastPresets(now()).map(({ title, instant }) => ({
      id: `as of ${title}`,
      group: 'Time',
      title: `As of: ${title.toLowerCase()}`,
      keywords: `past date ${dayAndTime(instant)}`,
      run: () => show(instant),
    })),
    ...pastPresets(now())
      .filter(({ instant }) => instant !== instantIn(asOf))
      .map(({ title, instant }) => ({
        id: `compare with ${title}`,
        group: 'Time',
        title: `Compare with: ${title.toLowerCase()}`,
        keywords: dayAndTime(instant),
        run: () => compare(instantIn(asOf), instant),
      })),
  ])

  const Icon = past ? History : CalendarClock
  return (
    <AsOfPopover
      time={time}
      view={view}
      onView={setView}
      trigger={
        <button
          ref={button}
          type="button"
          data-tip={compares ? 'Two dates are compared  t' : past ? 'Shown as known then  t' : 'Show everything as of another day  t'}
          className={classes(
            'inline-flex h-8 shrink-0 items-center gap-1.5 whitespace-nowrap rounded-md px-2 text-sm tabular',
            past
              ? 'bg-warn-soft font-medium text-warn hover:text-ink data-[state=open]:text-ink'
              : 'text-ink-2 hover:bg-sunken hover:text-ink data-[state=open]:bg-sunken data-[state=open]:text-ink',
          )}
        >
          <Icon aria-hidden className="size-4 shrink-0" />
          <span className="heard">As of: </span>
          <span className={past ? 'max-xl:heard' : 'max-lg:heard'}>{words}</span>
        </button>
      }
    />
  )
}
