import { ACCEPTED, contradicts, type Decision, refuses } from '../decider.ts'
import type { PolicyEvent, PolicyState, ViolationState } from './state.ts'

/** A version is adopted or defined once; a violation is recorded once and resolved once. */
export function decidePolicy(command: PolicyEvent, state: PolicyState): Decision {
  switch (command.type) {
    case 'PolicyAdopted':
      return state.adopted.length === 0
        ? ACCEPTED
        : refuses('AlreadyAdopted', `the policy ${command.data.policy} is adopted already; what changes it is a revision`)
    case 'PolicyRevised':
      return revise(command.data, state)
    case 'GateDefined':
      return state.gates.includes(command.data.version)
        ? refuses('VersionTaken', `version ${command.data.version} of the gate ${command.data.gate} is defined already`)
        : ACCEPTED
    case 'ViolationRecorded':
      return state.violation.status === 'unrecorded'
        ? ACCEPTED
        : contradicts('AlreadyRecorded', `the violation ${command.data.violation} is recorded already`)
    case 'ViolationResolved':
      return resolve(command.data.subject, state.violation)
  }
}

function revise({ policy, version }: { policy: string; version: string }, { adopted }: PolicyState): Decision {
  if (adopted.length === 0) return refuses('NotAdopted', `there is no policy ${policy}: it must be adopted first`)
  return adopted.includes(version) ? refuses('VersionTaken', `version ${version} of the policy ${policy} was in effect before`) : ACCEPTED
}

function resolve(subject: string, violation: ViolationState): Decision {
  switch (violation.status) {
    case 'unrecorded':
      return refuses('NotRecorded', 'there is no such violation')
    case 'resolved':
      return refuses('AlreadyResolved', 'the violation is resolved already')
    case 'open':
      return violation.subject === subject ? ACCEPTED : refuses('OtherSubject', `the rule was broken by ${violation.subject}`)
  }
}
