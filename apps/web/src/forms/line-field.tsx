import type { ReactNode } from 'react'
import { INPUT, Labelled } from './labelled.tsx'

interface LineFieldProps {
  readonly label: string
  readonly hint: ReactNode
  readonly optional?: boolean
  readonly value: string
  readonly onChange: (value: string) => void
  /** The id of a list of values that are offered. */
  readonly list?: string
}

/** A line of text. */
export function LineField({ label, hint, optional = false, value, onChange, list }: LineFieldProps) {
  return (
    <Labelled label={label} hint={hint} optional={optional}>
      {(aria) => (
        <input
          {...aria}
          type="text"
          value={value}
          list={list}
          autoComplete="off"
          className={INPUT}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  )
}
