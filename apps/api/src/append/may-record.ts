import { type EventType, isAppendable, whoMayRecord } from '@annal/domain'
import type { Caller } from '../identity/caller.ts'

export type Permission =
  | { readonly status: 'allowed' }
  | { readonly status: 'refused'; readonly code: 'DecisionNeedsAPerson' | 'NotAllowed'; readonly message: string }

const allowed: Permission = { status: 'allowed' }

/** Whether the caller may record events of this type: services record observations, people decide too. */
export function mayRecord(type: EventType, { actor, role, roles }: Caller): Permission {
  if (!isAppendable(type)) return { status: 'refused', code: 'NotAllowed', message: `${type.name} is not recorded through \`append\`.` }
  if (type.decision && actor.kind === 'service')
    return { status: 'refused', code: 'DecisionNeedsAPerson', message: `${type.name} is a decision, and decisions are made by people.` }
  if (whoMayRecord(type.name).some((allowedRole) => roles.some((held) => held === allowedRole.toUpperCase()))) return allowed
  return { status: 'refused', code: 'NotAllowed', message: `The role ${role} may not record ${type.name}.` }
}
