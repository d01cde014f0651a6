import { titleOf } from '../things/vocabulary.ts'
import type { Person } from './people-page-documents.ts'

export type Role = Person['roles'][number]

/** The roles that people hold, the weakest decider first. Keys hold the role of a service. */
const ROLES = ['APPROVER', 'RISK_MANAGER', 'AUDITOR', 'REGULATOR', 'ADMINISTRATOR'] as const satisfies readonly Role[]
type PersonRole = (typeof ROLES)[number]

const MAY: Readonly<Record<PersonRole, string>> = {
  APPROVER: 'decides on approvals, reports incidents',
  RISK_MANAGER: 'decides on everything but people and keys',
  AUDITOR: 'reads the workspace',
  REGULATOR: 'sees only what is shared',
  ADMINISTRATOR: 'may do everything a person may',
}

export const ROLE_CHOICES = ROLES.map((value) => ({ value, title: `${roleName(value)}: ${MAY[value]}` }))

export function roleName(role: Role): string {
  return titleOf(role.toLowerCase())
}

export function rolesInWords({ roles }: Pick<Person, 'roles'>): string {
  return roles.map(roleName).join(', ')
}

/** What somebody with the role may do; null for the role of a service. */
export function whatRoleMay(role: Role): string | null {
  const known = personRole(role)
  return known === null ? null : MAY[known]
}

/** The role that a text names, if people hold it. */
export function personRole(text: string | undefined): PersonRole | null {
  return ROLES.find((role) => role === text) ?? null
}
