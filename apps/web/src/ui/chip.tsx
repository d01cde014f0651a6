import { Plus, X } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { classes } from './classes.ts'

interface ChipProps extends Omit<ComponentProps<'button'>, 'value'> {
  readonly label: string
  readonly value: ReactNode
  readonly onRemove: () => void
  /** What removing it does, for its accessible name. */
  readonly removeLabel: string
}

/** Something that is set: its label and value open what changes it, the cross removes it. */
export function Chip({ label, value, onRemove, removeLabel, className, ...rest }: ChipProps) {
  return (
    <span
      className={classes(
        'inline-flex h-7 max-w-full items-stretch overflow-hidden rounded-full border border-accent-line bg-accent-soft',
        className,
      )}
    >
      <button
        type="button"
        className="inline-flex min-w-0 items-center gap-1.5 rounded-l-full py-0 pr-1 pl-2.5 text-xs text-ink hover:bg-accent-line/40"
        {...rest}
      >
        <span className="shrink-0 text-ink-2">{label}</span>
        <span className="truncate font-medium text-accent-ink">{value}</span>
      </button>
      <button
        type="button"
        aria-label={removeLabel}
        onClick={onRemove}
        className="inline-flex w-6 shrink-0 items-center justify-center rounded-r-full pr-0.5 text-ink-2 hover:bg-accent-line/40 hover:text-ink"
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </span>
  )
}

/** Something that could be set. */
export function EmptyChip({ label, className, ...rest }: ComponentProps<'button'> & { readonly label: string }) {
  return (
    <button
      type="button"
      className={classes(
        'inline-flex h-7 items-center gap-1 rounded-full border border-dashed border-line-strong pr-2.5 pl-2 text-xs font-medium text-ink-2 hover:border-solid hover:bg-hover hover:text-ink data-[state=open]:border-solid data-[state=open]:bg-hover',
        className,
      )}
      {...rest}
    >
      <Plus aria-hidden className="size-3.5" />
      {label}
    </button>
  )
}
