import { Circle, Clock, Contrast, Diamond, Minus, Play } from 'lucide-react'
import { classes } from './classes.ts'

/** What a status means, whatever its word is: safe for eyes that don't tell red from green, for each has a shape of its own. */
export type StatusTone = 'met' | 'partly' | 'stale' | 'missing' | 'waived' | 'not-yet' | 'none'

const TONES = {
  met: { Icon: Circle, ink: 'text-ok', soft: 'bg-ok-soft', filled: true },
  partly: { Icon: Contrast, ink: 'text-teal', soft: 'bg-teal-soft', filled: false },
  stale: { Icon: Clock, ink: 'text-warn', soft: 'bg-warn-soft', filled: false },
  missing: { Icon: Circle, ink: 'text-bad', soft: 'bg-bad-soft', filled: false },
  waived: { Icon: Diamond, ink: 'text-violet', soft: 'bg-violet-soft', filled: false },
  'not-yet': { Icon: Play, ink: 'text-blue', soft: 'bg-blue-soft', filled: false },
  none: { Icon: Minus, ink: 'text-ink-3', soft: 'bg-sunken', filled: false },
} as const

/** Icon, word and colour: the one way in which a status is shown. */
export function Status({ tone, word, tip, quiet = false }: StatusProps) {
  const { Icon, ink, soft, filled } = TONES[tone]
  return (
    <span
      data-tip={tip}
      className={classes(
        'inline-flex max-w-full items-center gap-1.5 whitespace-nowrap align-middle text-xs font-medium',
        ink,
        !quiet && 'h-6 rounded-full px-2',
        !quiet && soft,
      )}
    >
      <Icon aria-hidden strokeWidth={2.5} className={classes('size-3 shrink-0', filled && 'fill-current')} />
      <span className="truncate">{word}</span>
    </span>
  )
}

interface StatusProps {
  readonly tone: StatusTone
  readonly word: string
  readonly tip?: string | undefined
  /** Without a ground of its own, as in a table. */
  readonly quiet?: boolean
}
