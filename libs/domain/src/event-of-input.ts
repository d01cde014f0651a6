import { isAppendable } from './appendable.ts'
import { eventTypes } from './event-types.ts'

type Values = Readonly<Record<string, unknown>>

export type InputOutcome =
  | { readonly status: 'read'; readonly type: string; readonly data: unknown }
  | { readonly status: 'refused'; readonly message: string }

const typeOfMember = new Map(eventTypes.filter(isAppendable).map((type) => [memberName(type.name), type.name]))

/** The member of the GraphQL input `EventInput` that stands for an event type. */
export function memberName(typeName: string): string {
  return typeName.slice(0, 1).toLowerCase() + typeName.slice(1)
}

/** The event in a GraphQL `EventInput`: exactly one member must be there, whatever the GraphQL layer let through. */
export function eventOfInput(input: Values): InputOutcome {
  const members = Object.keys(input)
  const [member] = members
  if (member === undefined || members.length > 1)
    return { status: 'refused', message: `expected exactly one event, found ${members.join(', ') || 'none'}` }
  const type = typeOfMember.get(member)
  if (type === undefined) return { status: 'refused', message: `there is no event ${JSON.stringify(member)} to append` }
  return type === 'EventCorrected' ? correctionOfInput(input[member]) : { status: 'read', type, data: input[member] }
}

/** In GraphQL the corrected data is an `EventInput` too; its member says the type. */
function correctionOfInput(input: unknown): InputOutcome {
  const correction = isObject(input) ? input : {}
  const inner = isObject(correction.data) ? eventOfInput(correction.data) : null
  if (inner === null || inner.status === 'refused') return inner ?? { status: 'refused', message: 'expected the corrected event in data' }
  return { status: 'read', type: 'EventCorrected', data: { ...correction, type: inner.type, data: inner.data } }
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
