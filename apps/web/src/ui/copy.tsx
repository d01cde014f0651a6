import { Check, Copy, X } from 'lucide-react'
import { shortenMiddle } from '../format/shorten.ts'
import { classes } from './classes.ts'
import { type CopyState, useCopied } from './use-copied.ts'

export function CopyIcon({ state }: { readonly state: CopyState }) {
  if (state === 'copied') return <Check aria-hidden className="text-accent" />
  return state === 'failed' ? <X aria-hidden className="text-bad" /> : <Copy aria-hidden />
}

export function CopyButton({ text, what, className }: { readonly text: string; readonly what: string; readonly className?: string }) {
  const { state, copy } = useCopied()
  return (
    <button
      type="button"
      aria-label={`Copy ${what}`}
      data-tip={state === 'failed' ? 'The browser refused' : `Copy ${what}`}
      onClick={() => copy(text, what)}
      className={classes(
        'inline-flex size-6 shrink-0 items-center justify-center rounded text-ink-3 hover:bg-sunken hover:text-ink [&_svg]:size-3.5',
        className,
      )}
    >
      <CopyIcon state={state} />
    </button>
  )
}

interface MonoIdProps {
  readonly text: string
  /** What it is, for the tip and for who listens. */
  readonly what: string
  readonly head?: number
  readonly tail?: number
}

/** An id or digest: monospace, shortened in the middle, whole on hover, copied by a click. */
export function MonoId({ text, what, head = 8, tail = 6 }: MonoIdProps) {
  const { state, copy } = useCopied()
  return (
    <button
      type="button"
      data-tip={state === 'copied' ? 'Copied' : `${text}\nClick to copy`}
      aria-label={`Copy ${what} ${shortenMiddle(text, head, tail)}`}
      onClick={() => copy(text, what)}
      className="group -mx-1 inline-flex max-w-full items-center gap-1 rounded px-1 font-mono text-xs leading-5 text-ink hover:bg-sunken [&_svg]:size-3"
    >
      <span className="truncate">{shortenMiddle(text, head, tail)}</span>
      <span className={classes('text-ink-3', state === 'idle' && 'opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100')}>
        <CopyIcon state={state} />
      </span>
    </button>
  )
}
