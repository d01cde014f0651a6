import { type FieldNode, Kind, type OperationDefinitionNode, type SelectionNode, type SelectionSetNode } from 'graphql'
import { fieldTexts, type OutcomeType, outcomeText } from './outcome-text.ts'
import { greatestPosition } from './present-outcome.ts'
import type { AppendOutcome } from './refusal.ts'

/** An operation that appends and does nothing else, ready to be answered without graphql-js. */
export interface CompiledAppend {
  readonly field: FieldNode
  /** Under which name of the answer the result stands. */
  readonly key: string
  /** The variable that holds the events. */
  readonly variable: string
  /** The JSON of the whole answer. */
  write(outcomes: readonly AppendOutcome[]): string
}

/**
 * Emitting services send one and the same mutation all day. Executing it field by field, with a promise and a wrapper for each, costs more
 * than checking and sealing the event; a few strings do the same. Null for operations with more in them than fields and inline fragments:
 * those go the general way, to the same answer (compile-append.e2e.spec.ts).
 */
export function compileAppend({ selectionSet, directives }: OperationDefinitionNode): CompiledAppend | null {
  const [field] = selectionSet.selections
  if (field?.kind !== Kind.FIELD || selectionSet.selections.length > 1 || field.name.value !== 'append') return null
  const [argument] = field.arguments ?? []
  if (argument?.value.kind !== Kind.VARIABLE || isConditional({ directives }) || isConditional(field)) return null
  const write = field.selectionSet === undefined ? null : resultWriter(field.selectionSet)
  if (write === null) return null
  const key = keyOf(field)
  return { field, key, variable: argument.value.name.value, write: (outcomes) => `{"data":{${JSON.stringify(key)}:${write(outcomes)}}}` }
}

type Write = (outcomes: readonly AppendOutcome[]) => string

function resultWriter({ selections }: SelectionSetNode): Write | null {
  const members = new Map<string, Write>()
  for (const selection of selections) {
    if (selection.kind !== Kind.FIELD || isConditional(selection) || members.has(keyOf(selection))) return null
    const write = memberWriter(selection)
    if (write === null) return null
    members.set(keyOf(selection), write)
  }
  return (outcomes) => `{${Array.from(members, ([key, write]) => `${JSON.stringify(key)}:${write(outcomes)}`).join(',')}}`
}

function memberWriter({ name, selectionSet }: FieldNode): Write | null {
  switch (name.value) {
    case '__typename':
      return () => '"AppendResult"'
    case 'position':
      return (outcomes) => JSON.stringify(greatestPosition(outcomes))
    case 'outcomes':
      return selectionSet === undefined ? null : outcomesWriter(selectionSet)
    default:
      return null
  }
}

function outcomesWriter(selectionSet: SelectionSetNode): Write | null {
  const receipt = new Map<string, string>()
  const refusal = new Map<string, string>()
  if (!collect(selectionSet, 'Receipt', receipt) || !collect(selectionSet, 'Refusal', refusal)) return null
  const text = outcomeText(receipt, refusal)
  return (outcomes) => `[${outcomes.map(text).join(',')}]`
}

/** The fields that an outcome of this type is asked for, by their names in the answer; false when that takes more to tell. */
function collect({ selections }: SelectionSetNode, type: OutcomeType, fields: Map<string, string>): boolean {
  return selections.every((selection) => !isConditional(selection) && collectOne(selection, type, fields))
}

function collectOne(selection: SelectionNode, type: OutcomeType, fields: Map<string, string>): boolean {
  switch (selection.kind) {
    case Kind.FIELD:
      fields.set(keyOf(selection), selection.name.value)
      return Object.hasOwn(fieldTexts[type], selection.name.value)
    case Kind.INLINE_FRAGMENT: {
      const on = selection.typeCondition?.name.value ?? type
      return (on !== type && on !== 'AppendOutcome') || collect(selection.selectionSet, type, fields)
    }
    case Kind.FRAGMENT_SPREAD:
      return false
  }
}

function isConditional({ directives }: { readonly directives?: readonly unknown[] | undefined }): boolean {
  return directives !== undefined && directives.length > 0
}

function keyOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value
}
