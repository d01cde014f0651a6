import { type ReactNode, useId } from 'react'

export const INPUT =
  'w-full rounded-md border border-line-strong bg-surface px-2.5 py-1.5 text-sm text-ink placeholder:text-ink-3 aria-invalid:border-bad'

interface LabelledProps {
  readonly label: string
  readonly hint?: ReactNode
  readonly problem?: string | null
  readonly optional?: boolean
  readonly children: (aria: { readonly id: string; readonly 'aria-describedby': string; readonly 'aria-invalid': boolean }) => ReactNode
}

/** A field with its label, what belongs in it, and what is wrong with it. */
export function Labelled({ label, hint, problem = null, optional = false, children }: LabelledProps) {
  const id = useId()
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
        {optional && <span className="ml-1.5 text-xs font-normal text-ink-3">optional</span>}
      </label>
      {children({ id, 'aria-describedby': `${id}-hint ${id}-problem`, 'aria-invalid': problem !== null })}
      <p id={`${id}-hint`} className="text-xs text-ink-3">
        {hint}
      </p>
      <p id={`${id}-problem`} className="text-xs text-bad">
        {problem}
      </p>
    </div>
  )
}
