import { type ReactNode, useId } from 'react'
import { Controller, type UseFormReturn } from 'react-hook-form'
import { readersZone, utcExact } from '../format/instants.ts'
import type { FormField } from './decision.ts'
import { PeoplePicker } from './people-picker.tsx'
import { SystemsPicker } from './systems-picker.tsx'

interface FieldInputProps {
  readonly field: FormField
  readonly form: UseFormReturn<Record<string, string>>
  readonly problem: string | undefined
  readonly rule: (value: string | undefined) => string | true
}

const INPUT =
  'w-full rounded-md border border-line-strong bg-surface px-2.5 py-1.5 text-sm text-ink placeholder:text-ink-3 aria-invalid:border-bad'

/** What an input needs so that label, hint and problem are heard with it. */
interface Aria {
  readonly id: string
  readonly 'aria-invalid': boolean
  readonly 'aria-describedby': string
  readonly 'aria-required': boolean
}

/** One field of a form: its label, what belongs in it, and what is wrong with what stands there. */
export function FieldInput(props: FieldInputProps) {
  const { field, form, problem } = props
  const id = useId()
  const value = form.watch(field.name) ?? ''
  const aria: Aria = {
    id,
    'aria-invalid': problem !== undefined,
    'aria-describedby': `${id}-hint ${id}-problem`,
    'aria-required': field.required === true,
  }
  const words = <Words id={id} field={field} problem={problem} value={value} />
  switch (field.kind) {
    case 'flag':
      return (
        <div className="grid gap-1">
          <label className="flex items-start gap-2.5 text-sm">
            <input
              type="checkbox"
              {...aria}
              checked={value === 'yes'}
              onChange={(event) => form.setValue(field.name, event.target.checked ? 'yes' : '', { shouldDirty: true })}
              className="mt-0.5 size-4 accent-accent"
            />
            {field.label}
          </label>
          {words}
        </div>
      )
    case 'systems':
    case 'people':
      return <Picked {...props} aria={aria} words={words} />
    case 'line':
    case 'text':
    case 'choice':
    case 'instant':
    case 'day':
    case 'count':
      return (
        <div className="grid gap-1">
          <label htmlFor={id} className="text-sm font-medium">
            {field.label}
            {field.required !== true && <Optional />}
          </label>
          <Typed {...props} aria={aria} />
          {words}
        </div>
      )
  }
}

function Picked({ field, form, problem, rule, aria, words }: FieldInputProps & { readonly aria: Aria; readonly words: ReactNode }) {
  const Picker = field.kind === 'systems' ? SystemsPicker : PeoplePicker
  return (
    <Controller
      control={form.control}
      name={field.name}
      rules={{ validate: rule }}
      render={({ field: { value, onChange } }) => (
        <fieldset className="grid min-w-0 gap-1" aria-describedby={aria['aria-describedby']}>
          <legend className="pb-1 text-sm font-medium">
            {field.label}
            {field.required !== true && <Optional />}
          </legend>
          <Picker id={aria.id} value={value ?? ''} onChange={onChange} invalid={problem !== undefined} />
          {words}
        </fieldset>
      )}
    />
  )
}

const TYPES = { instant: 'datetime-local', day: 'date', count: 'number', line: 'text' } as const

function Typed({ field, form, rule, aria }: FieldInputProps & { readonly aria: Aria }) {
  const registered = form.register(field.name, { validate: rule })
  if (field.kind === 'text') return <textarea {...aria} {...registered} rows={3} className={INPUT} />
  if (field.kind === 'choice') {
    return (
      <select {...aria} {...registered} className={INPUT}>
        <option value="">Choose…</option>
        {field.values?.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.title}
          </option>
        ))}
      </select>
    )
  }
  const type = field.kind === 'instant' || field.kind === 'day' || field.kind === 'count' ? TYPES[field.kind] : TYPES.line
  return (
    <input
      {...aria}
      {...registered}
      type={type}
      {...(field.kind === 'count' && { min: 1, max: field.most ?? 20 })}
      autoComplete="off"
      className={INPUT}
    />
  )
}

function Optional() {
  return <span className="ml-1.5 text-xs font-normal text-ink-3">optional</span>
}

interface WordsProps {
  readonly id: string
  readonly field: FormField
  readonly problem: string | undefined
  readonly value: string
}

function Words({ id, field, problem, value }: WordsProps) {
  const at = field.kind === 'instant' ? Date.parse(value) : Number.NaN
  return (
    <>
      <p id={`${id}-hint`} className="text-xs text-ink-3">
        {field.hint}
        {field.kind === 'instant' && ` In ${readersZone()}${Number.isNaN(at) ? '' : `: ${utcExact(new Date(at).toISOString())}`}.`}
      </p>
      <p id={`${id}-problem`} role={problem === undefined ? undefined : 'alert'} className="text-xs text-bad">
        {problem}
      </p>
    </>
  )
}
