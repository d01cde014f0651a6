import type { Client } from '@urql/core'
import type { ReactNode } from 'react'
import type { Answer } from '../graphql/problem.ts'
import type { DecisionOutcome } from './decisions-documents.ts'

/** What a form holds: text of each field; lists are one item a line, a box that is ticked is `yes`. */
export type FormValues = Readonly<Record<string, string>>

export interface FormField {
  readonly name: string
  readonly label: string
  /** What belongs in it, in the terms of the law where it comes from it. */
  readonly hint?: ReactNode
  readonly kind: 'line' | 'text' | 'choice' | 'instant' | 'day' | 'count' | 'flag' | 'systems' | 'people'
  readonly required?: boolean
  /** Of a choice. */
  readonly values?: readonly { readonly value: string; readonly title: string }[]
  /** Letters at most, or the greatest count. */
  readonly most?: number
  /** What is wrong with a value that is there, or null. */
  readonly check?: (value: string, all: FormValues) => string | null
}

/** A decision that a person makes: what is asked for it, and how it is sent. `id` names it, so that sent again it is decided once. */
export interface Decision {
  /** Names the draft: one for each thing and kind of decision. */
  readonly name: string
  readonly title: string
  readonly lead?: ReactNode
  /** The word on the button: what is recorded then. */
  readonly act: string
  readonly tone?: 'plain' | 'grave'
  readonly fields: readonly FormField[]
  readonly initial: FormValues
  readonly send: (client: Client, id: string, values: FormValues) => Promise<Answer<{ readonly result: DecisionOutcome }>>
}

/** The items of a list field. */
export function itemsOf(value: string | undefined): string[] {
  return (value ?? '').split('\n').filter((item) => item !== '')
}

/** A field that may be left empty, as an input takes it. */
export function optional<Name extends string>(name: Name, value: string | undefined): { [Key in Name]?: string } {
  const object: { [Key in Name]?: string } = {}
  if (value !== undefined && value.trim() !== '') object[name] = value.trim()
  return object
}

/** What a field says of its value, in a sentence, or null. */
export function problemWith(field: FormField, value: string, all: FormValues): string | null {
  const empty = value.trim() === ''
  if (empty) return field.required === true ? MISSING[field.kind] : null
  if (isTime(field.kind) && Number.isNaN(Date.parse(value))) return NO_TIME[field.kind]
  if (field.kind === 'count' && !isCount(value, field.most)) return `A whole number from 1 to ${field.most ?? 20}.`
  if (field.most !== undefined && field.kind !== 'count' && value.length > field.most)
    return `At most ${field.most} characters; there are ${value.length}.`
  return field.check?.(value, all) ?? null
}

const NO_TIME = { instant: 'This is no date and time.', day: 'This is no day.' } as const

function isTime(kind: FormField['kind']): kind is keyof typeof NO_TIME {
  return Object.hasOwn(NO_TIME, kind)
}

const MISSING: Readonly<Record<FormField['kind'], string>> = {
  line: 'This is needed.',
  text: 'This is needed.',
  choice: 'Choose one.',
  instant: 'Give a date and time.',
  day: 'Give a day.',
  count: 'Give a number.',
  flag: 'This must be ticked.',
  systems: 'Name at least one system.',
  people: 'Name at least one person.',
}

function isCount(value: string, most = 20): boolean {
  return /^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= most
}
