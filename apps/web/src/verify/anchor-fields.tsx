import { useId } from 'react'
import type { AnchorName, AnchorTexts } from './parse-anchors.ts'

interface AnchorFieldsProps {
  readonly texts: AnchorTexts
  readonly problems: Readonly<Record<AnchorName, string | null>>
  readonly onChange: (texts: AnchorTexts) => void
}

/** What the reader knows from somewhere else than the pack. */
export function AnchorFields({ texts, problems, onChange }: AnchorFieldsProps) {
  const props = (name: AnchorName) => ({
    value: texts[name],
    problem: problems[name],
    onChange: (value: string) => onChange({ ...texts, [name]: value }),
  })
  return (
    <div className="grid gap-4">
      <AnchorField
        label="Key of the log"
        hint="One a line, as name+id+base64. From the organisation’s site, a letter, an earlier audit: from anywhere but the pack."
        {...props('keys')}
      />
      <AnchorField
        label="Tree head that you kept"
        hint="A signed head (checkpoint) of this log from earlier. The pack must continue it."
        {...props('heads')}
      />
      <details className="grid gap-4">
        <summary className="w-fit cursor-pointer rounded text-sm text-ink-2 hover:text-ink">Witnesses and timestamp authorities</summary>
        <div className="mt-3 grid gap-4">
          <AnchorField
            label="Keys of witnesses"
            hint="One a line. Witnesses are independent of who runs the log."
            {...props('witnesses')}
          />
          <AnchorField
            label="Certificates of timestamp authorities"
            hint="PEM, of the authority or of who issued it."
            {...props('authorities')}
          />
        </div>
      </details>
    </div>
  )
}

interface AnchorFieldProps {
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly problem: string | null
  readonly onChange: (value: string) => void
}

function AnchorField({ label, hint, value, problem, onChange }: AnchorFieldProps) {
  const id = useId()
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
        <span className="ml-1.5 text-xs font-normal text-ink-3">optional</span>
      </label>
      <textarea
        id={id}
        rows={2}
        value={value}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={problem !== null}
        aria-describedby={`${id}-hint ${id}-problem`}
        onChange={(event) => onChange(event.target.value)}
        className="w-full rounded-md border border-line-strong bg-surface px-2.5 py-1.5 font-mono text-xs text-ink aria-invalid:border-bad"
      />
      <p id={`${id}-hint`} className="text-xs text-ink-3">
        {hint}
      </p>
      <p id={`${id}-problem`} role={problem === null ? undefined : 'alert'} className="text-xs text-bad [overflow-wrap:anywhere]">
        {problem}
      </p>
    </div>
  )
}
