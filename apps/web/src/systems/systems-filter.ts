import type { VariablesOf } from 'gql.tada'
import type { RegisterView } from '../register/use-register-view.ts'
import type { systemsQuery } from './systems-documents.ts'

type Filter = NonNullable<VariablesOf<typeof systemsQuery>['filter']>

/** What the API is asked for the filter line of the register. */
export function filterOf({ filter: { values, words } }: Pick<RegisterView, 'filter'>): Filter {
  return {
    ...(words !== '' && { search: words }),
    ...(values.unit && { businessUnit: values.unit }),
    ...(values.risk && { riskClass: values.risk }),
    ...(values.role && { role: values.role }),
    ...(values.phase && { phase: values.phase }),
    ...(values.owner && { owner: values.owner }),
    ...(values.issue === 'incident' && { hasOpenIncident: true }),
    ...(values.issue === 'violation' && { hasViolation: true }),
    ...(values.state && { retired: values.state === 'retired' }),
  }
}
