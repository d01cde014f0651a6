import { ACCEPTED, type Decision, refuses } from '../decider.ts'
import type { TemplateEvent, TemplateState } from './state.ts'

/** Assessments cite the version of their template: what was published under a version stays. */
export function decideTemplate({ data }: TemplateEvent, state: TemplateState): Decision {
  return state.versions.has(data.version)
    ? refuses('VersionTaken', `version ${data.version} of the template ${data.template} is published already`)
    : ACCEPTED
}
