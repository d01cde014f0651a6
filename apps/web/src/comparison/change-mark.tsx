import { ArrowDown, ArrowUp, Equal, type LucideIcon, Minus, Plus, Replace } from 'lucide-react'
import { grouped } from '../format/numbers.ts'
import { classes } from '../ui/classes.ts'
import type { Change } from './pair.ts'

const CHANGES: Readonly<Record<Change, { readonly Icon: LucideIcon; readonly word: string; readonly ink: string }>> = {
  added: { Icon: Plus, word: 'New', ink: 'text-blue' },
  gone: { Icon: Minus, word: 'Gone', ink: 'text-violet' },
  changed: { Icon: Replace, word: 'Changed', ink: 'text-warn' },
  same: { Icon: Equal, word: 'Same', ink: 'text-ink-3' },
}

/** What became of a thing between the two dates: shape, word and colour. */
export function ChangeMark({ change, word = CHANGES[change].word }: { readonly change: Change; readonly word?: string }) {
  const { Icon, ink } = CHANGES[change]
  return <Mark Icon={Icon} word={word} ink={ink} />
}

interface CountChangeProps {
  readonly earlier: number
  readonly later: number
  /** Whether more of it is bad news. */
  readonly bad: boolean
}

/** How a number changed. */
export function CountChange({ earlier, later, bad }: CountChangeProps) {
  const by = later - earlier
  if (by === 0) return <ChangeMark change="same" />
  const ink = !bad ? 'text-ink-2' : by > 0 ? 'text-bad' : 'text-ok'
  return by > 0 ? (
    <Mark Icon={ArrowUp} word={`${grouped(by)} more`} ink={ink} />
  ) : (
    <Mark Icon={ArrowDown} word={`${grouped(-by)} fewer`} ink={ink} />
  )
}

function Mark({ Icon, word, ink }: { readonly Icon: LucideIcon; readonly word: string; readonly ink: string }) {
  return (
    <span className={classes('inline-flex items-center gap-1 whitespace-nowrap align-middle text-xs font-medium', ink)}>
      <Icon aria-hidden strokeWidth={2.5} className="size-3 shrink-0" />
      {word}
    </span>
  )
}
