import { type Decision, optional } from './decision.ts'
import { resolveViolation, retireModel, retireSystem } from './decisions-documents.ts'
import { sendDecision } from './send.ts'

export function resolveDecision(violation: string): Decision {
  return {
    name: `resolve ${violation}`,
    title: 'Resolve the violation',
    act: 'Resolve',
    initial: { how: '', reason: '' },
    fields: [
      {
        name: 'how',
        label: 'How it is resolved',
        kind: 'choice',
        required: true,
        values: [
          { value: 'remedied', title: 'Remedied: what broke the rule was put right' },
          { value: 'accepted', title: 'Accepted: the risk is taken, knowingly' },
          { value: 'unfounded', title: 'Unfounded: no rule was broken' },
        ],
      },
      { name: 'reason', label: 'Reason', kind: 'text', required: true, most: 4000, hint: 'Encrypted at rest.' },
    ],
    send: (client, id, values) =>
      sendDecision(client, resolveViolation, { input: { id, violation, how: values.how ?? '', reason: values.reason ?? '' } }),
  }
}

/** A system, a model, or one version of a model (`cs@7`). */
export function retireDecision(what: 'system' | 'model', thing: string): Decision {
  return {
    name: `retire ${what} ${thing}`,
    title: `Retire ${thing}`,
    lead: 'Taken out of service for good. Its history stays.',
    act: 'Retire',
    tone: 'grave',
    initial: { reason: '', replacedBy: '' },
    fields: [
      { name: 'reason', label: 'Reason', kind: 'text', required: true, most: 4000, hint: 'Encrypted at rest.' },
      { name: 'replacedBy', label: 'Replaced by', kind: 'line', hint: `The id of the ${what} that takes its place.` },
    ],
    send: (client, id, values) =>
      sendDecision(client, what === 'system' ? retireSystem : retireModel, {
        input: { id, thing, reason: values.reason ?? '', ...optional('replacedBy', values.replacedBy) },
      }),
  }
}
