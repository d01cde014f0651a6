import type { ReactNode } from 'react'
import { grouped } from '../format/numbers.ts'
import { classes } from './classes.ts'

/** A number with its name, wrapped by what opens the events or the list that make it so. `tone`: whether it is bad news. */
export function Figure({
  value,
  name,
  hint,
  tone = 'plain',
}: {
  readonly value: number
  readonly name: string
  readonly hint?: ReactNode
  readonly tone?: 'plain' | 'bad' | 'warn'
}) {
  const loud = value > 0 && tone !== 'plain'
  return (
    <span className="grid gap-0.5 px-4 py-3 text-left">
      <span className="text-xs font-medium text-ink-2">{name}</span>
      <span
        className={classes(
          'text-xl font-semibold tracking-tight tabular',
          loud && tone === 'bad' && 'text-bad',
          loud && tone === 'warn' && 'text-warn',
        )}
      >
        {grouped(value)}
      </span>
      {hint !== undefined && <span className="text-xs text-ink-3">{hint}</span>}
    </span>
  )
}
