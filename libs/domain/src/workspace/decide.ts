import { ACCEPTED, contradicts, type Decision, type DecisionContext, refuses } from '../decider.ts'
import { holds, rolesOf, type WorkspaceEvent, type WorkspaceState } from './state.ts'

type DataOf<Name extends WorkspaceEvent['type']> = Extract<WorkspaceEvent, { type: Name }>['data']

/** A workspace is never without an administrator whose role has no end. */
export function decideWorkspace(command: WorkspaceEvent, state: WorkspaceState, context: DecisionContext): Decision {
  switch (command.type) {
    case 'WorkspaceOpened':
      return state.status === 'unopened' ? ACCEPTED : contradicts('AlreadyOpened', 'the workspace was opened before')
    case 'RoleGranted':
      return grant(command.data, state, context)
    case 'RoleRevoked':
      return revoke(command.data, state)
    case 'ApiKeyIssued':
      return state.keys.has(command.data.key) ? refuses('NothingNew', `the key ${command.data.key} was issued before`) : ACCEPTED
    case 'ApiKeyRevoked':
      return state.keys.get(command.data.key) === 'revoked' ? refuses('NothingNew', 'the key was revoked before') : ACCEPTED
    case 'TierChanged':
    case 'QuotaSet':
    case 'QuotaExceeded':
    case 'CostRecorded':
    case 'CapacityMeasured':
      return ACCEPTED
  }
}

function grant({ person, role, until }: DataOf<'RoleGranted'>, state: WorkspaceState, { at }: DecisionContext): Decision {
  if (role === 'service') return refuses('NotAPerson', 'the role service is for API keys; people hold the others')
  if (until !== undefined && until <= at) return refuses('InThePast', `a role until ${until} would be over already`)
  if (!holds(state, person, role, at)) return ACCEPTED
  const unchanged = rolesOf(state, person).get(role) === (until ?? null)
  if (unchanged) return refuses('AlreadyGranted', `${person} has the role ${role} already`)
  return until === undefined ? ACCEPTED : unlessLast(person, role, state)
}

function revoke({ person, role }: DataOf<'RoleRevoked'>, state: WorkspaceState): Decision {
  if (!rolesOf(state, person).has(role)) return refuses('NotGranted', `${person} does not have the role ${role}`)
  return unlessLast(person, role, state)
}

function unlessLast(person: string, role: DataOf<'RoleRevoked'>['role'], state: WorkspaceState): Decision {
  if (role !== 'administrator' || rolesOf(state, person).get('administrator') !== null) return ACCEPTED
  const others = [...state.roles].filter(([other, held]) => other !== person && held.get('administrator') === null)
  return others.length > 0 ? ACCEPTED : refuses('LastAdministrator', 'the last administrator of a workspace stays its administrator')
}
