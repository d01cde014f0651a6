import { ACCEPTED, contradicts, type Decision, type DecisionContext, type DecisionRefusal, refuses } from '../decider.ts'
import { fieldKey, type SubjectEvent, type SubjectState } from './state.ts'

type PlacedHold = Extract<SubjectEvent, { type: 'LegalHoldPlaced' }>['data']

/** What destroys keys is refused while a legal hold covers it (GDPR Art. 17(3)); nobody is erased twice. */
export function decideSubject(command: SubjectEvent, state: SubjectState, context: DecisionContext): Decision {
  switch (command.type) {
    case 'ErasureRequested':
      return request(state)
    case 'ErasureRefused':
      return state.requested ? ACCEPTED : refuses('NotRequested', 'no request for erasure waits for an answer')
    case 'SubjectErased':
      return state.erased ? refuses('AlreadyErased', 'the data subject is erased already') : (underHold(state, context) ?? ACCEPTED)
    case 'FieldRedacted':
      return state.redacted.has(fieldKey(command.data))
        ? refuses('NothingNew', 'this field is redacted already')
        : (underHold(state, context) ?? ACCEPTED)
    case 'PayloadExpired':
      return underHold(state, context) ?? ACCEPTED
    case 'LegalHoldPlaced':
      return place(command.data, state, context)
    case 'LegalHoldReleased':
      return state.holds.get(command.data.hold) === 'placed'
        ? ACCEPTED
        : refuses('NotPlaced', `the legal hold ${command.data.hold} is not in place`)
  }
}

function request({ erased, requested }: SubjectState): Decision {
  if (erased) return contradicts('AlreadyErased', 'the data subject is erased already')
  return requested ? contradicts('AlreadyRequested', 'a request for erasure waits for its answer already') : ACCEPTED
}

function place({ hold, reviewOn }: PlacedHold, { erased, holds }: SubjectState, { at }: DecisionContext): Decision {
  if (reviewOn !== undefined && reviewOn < at.slice(0, 10))
    return refuses('InThePast', `nobody can look at it again on ${reviewOn}: that day is over`)
  if (erased) return refuses('AlreadyErased', 'the data subject is erased: there is nothing left to hold')
  return holds.has(hold) ? refuses('AlreadyPlaced', `the legal hold ${hold} was placed before; ids are never given again`) : ACCEPTED
}

function underHold({ holds }: SubjectState, context: DecisionContext): DecisionRefusal | null {
  const here = [...holds].filter(([, status]) => status === 'placed').map(([hold]) => hold)
  const covering = new Set([...here, ...(context.holds ?? [])])
  return covering.size === 0 ? null : refuses('UnderHold', `a legal hold forbids it: ${[...covering].sort().join(', ')}`)
}
