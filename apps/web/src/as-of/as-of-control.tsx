import { CalendarClock, History } from 'lucide-react'
import { type RefObject, useRef } from 'react'
import { dayAndTime } from '../format/instants.ts'
import { useCommands } from '../frame/commands.ts'
import { useShortcuts } from '../frame/shortcuts.ts'
import { useSession } from '../session/use-session.ts'
import { classes } from '../ui/classes.ts'
import { onDemand } from '../ui/on-demand.tsx'
import { pastPresets } from './past-presets.ts'
import type { Time } from './use-as-of.ts'

const AsOfPopover = onDemand(() => import('./as-of-popover.tsx').then((module) => module.AsOfPopover), 'dialog')

/** As of when everything is shown: now, or an instant of the past. */
export function AsOfControl({ time, button }: { readonly time: Time; readonly button: RefObject<HTMLButtonElement | null> }) {
  const { now } = useSession()
  const { asOf, show, back } = time
  const past = asOf.status === 'past'
  const words = past ? dayAndTime(asOf.instant) : 'Now'
  const opening = useRef<ReturnType<typeof setTimeout>>(undefined)
  // What was in front, such as the palette, is gone by then.
  const open = () => {
    clearTimeout(opening.current)
    opening.current = setTimeout(() => button.current?.click(), 50)
  }

  useShortcuts({ t: open })
  useCommands(() => [
    ...(past ? [{ id: 'as of now', group: 'Time', title: 'Back to now', keywords: 'as of present today', run: back }] : []),
    { id: 'as of', group: 'Time', title: 'As of…', keywords: 'past date time travel history as known then', keys: 't', run: open },
    ...pastPresets(now()).map(({ title, instant }) => ({
      id: `as of ${title}`,
      group: 'Time',
      title: `As of: ${title.toLowerCase()}`,
      keywords: `past date ${dayAndTime(instant)}`,
      run: () => show(instant),
    })),
  ])

  const Icon = past ? History : CalendarClock
  return (
    <AsOfPopover
      time={time}
      trigger={
        <button
          ref={button}
          type="button"
          data-tip={past ? 'Shown as known then  t' : 'Show everything as of another day  t'}
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
