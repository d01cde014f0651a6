import type { EventOf } from '../decider.ts'
import type { policyEvents } from '../policy/events.ts'

export type TemplateEvent = Extract<EventOf<typeof policyEvents>, { type: 'TemplatePublished' }>

export interface TemplateState {
  readonly stream: 'template'
  readonly versions: ReadonlySet<string>
}

export const noTemplate: TemplateState = { stream: 'template', versions: new Set() }

/** Total over any subset of a stream. */
export function evolveTemplate(state: TemplateState, { data }: TemplateEvent): TemplateState {
  return { ...state, versions: new Set(state.versions).add(data.version) }
}
