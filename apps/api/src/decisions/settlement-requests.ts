import { completed, type DecisionRequest, problem, said } from './decision-request.ts'

export interface ResolveViolationInput {
  readonly id: string
  readonly violation: string
  readonly how: string
  readonly reason: string
}

export interface RetireInput {
  readonly id: string
  readonly thing: string
  readonly reason: string
  readonly replacedBy?: string | null
}

/** What had broken the rule, and which systems it concerned, stands in the violation. */
export function resolveViolation({ id, ...input }: ResolveViolationInput): DecisionRequest {
  return {
    id,
    type: 'ViolationResolved',
    data: said(input),
    completion: {
      fields: ['subject', 'systems'],
      complete: async ({ beginningOf }) => {
        const violation = await beginningOf(`policy-violation~${input.violation}`)
        if (violation === null) return problem('NOT_RECORDED', 'there is no such violation', '/violation')
        return completed({ subject: violation.subject, systems: violation.systems })
      },
    },
  }
}

export function retireSystem({ id, thing, reason, replacedBy }: RetireInput): DecisionRequest {
  return { id, type: 'SystemRetired', data: said({ system: thing, reason, replacedBy }), formNames: { system: 'thing' } }
}

export function retireModel({ id, thing, reason, replacedBy }: RetireInput): DecisionRequest {
  const [model, version, ...more] = thing.split('@')
  const data = said({ model: more.length > 0 ? thing : model, version, reason, replacedBy })
  return { id, type: 'ModelRetired', data, formNames: { model: 'thing', version: 'thing' } }
}
