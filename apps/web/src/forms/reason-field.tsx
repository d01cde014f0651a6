import { INPUT, Labelled } from './labelled.tsx'

interface ReasonFieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly required?: boolean
}

/** Why something is done, for whoever reads the record later. */
export function ReasonField({ value, onChange, required = false }: ReasonFieldProps) {
  return (
    <Labelled label="Reason" optional={!required} hint="Encrypted at rest.">
      {(aria) => (
        <textarea
          {...aria}
          rows={2}
          maxLength={4000}
          aria-required={required}
          value={value}
          className={INPUT}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  )
}
