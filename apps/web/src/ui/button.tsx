import type { ComponentProps, ReactNode, SyntheticEvent } from 'react'
import { classes } from './classes.ts'

interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: 'primary' | 'outline' | 'quiet'
  readonly icon?: ReactNode
  /** Why it can't be pressed now: shown and heard where it stands. */
  readonly unavailable?: string
}

const LOOKS = {
  primary: 'bg-accent text-on-accent hover:bg-accent-ink',
  outline: 'border border-line bg-surface text-ink-2 hover:bg-hover hover:text-ink data-[state=open]:bg-hover data-[state=open]:text-ink',
  quiet: 'text-ink-2 hover:bg-sunken hover:text-ink data-[state=open]:bg-sunken data-[state=open]:text-ink',
}

export function Button({ look = 'outline', icon, unavailable, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={classes(
        'inline-flex h-8 shrink-0 select-none items-center gap-1.5 whitespace-nowrap rounded-md px-2.5 text-sm font-medium transition-colors duration-100 disabled:pointer-events-none disabled:opacity-45 aria-disabled:cursor-not-allowed aria-disabled:opacity-45 [&_svg]:size-4 [&_svg]:shrink-0',
        LOOKS[look],
        className,
      )}
      {...rest}
      {...(unavailable !== undefined && notPressed(unavailable))}
    >
      {icon}
      {children}
    </button>
  )
}

/** Can still be reached, so that everybody learns why. */
export function notPressed(why: string) {
  return { 'aria-disabled': true, 'aria-description': why, 'data-tip': why, onClick: (event: SyntheticEvent) => event.preventDefault() }
}

interface IconButtonProps extends ComponentProps<'button'> {
  /** What it does: its accessible name, and shown on hover. */
  readonly label: string
  /** Shown behind the label. */
  readonly keys?: string
  readonly children: ReactNode
}

export function IconButton({ label, keys, className, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      data-tip={keys ? `${label}  ${keys}` : label}
      className={classes(
        'inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink-3 transition-colors duration-100 hover:bg-sunken hover:text-ink disabled:pointer-events-none disabled:opacity-40 data-[state=open]:bg-sunken data-[state=open]:text-ink [&_svg]:size-4',
        className,
      )}
      {...rest}
    >
      {children}
    </button>
  )
}
