import type { RecordedEvent } from '@annal/ledger'
import type { TrailFacts } from './trail-facts.ts'

/** What of an event can be asked for by name, as terms of the index: tokens (`TokenTable`), in lower case. */
export const typeTerm = (type: string) => `t:${type.toLowerCase()}`
export const streamTerm = (stream: string) => `s:${stream}`
export const aboutTerm = (reference: string) => `r:${reference}`
export const actorTerm = (id: string) => `a:${id}`
export const correlationTerm = (id: string) => `c:${id}`
export const idTerm = (id: string) => `i:${id}`

/** Each between spaces. */
export function trailTerms({ id, type, stream }: RecordedEvent, { about, actor, correlationId }: TrailFacts): string {
  let terms = ` ${idTerm(id)} ${typeTerm(type)} ${streamTerm(stream)} ${actorTerm(actor.id)} `
  if (correlationId !== null) terms += `${correlationTerm(correlationId)} `
  for (const reference of about) terms += `${aboutTerm(reference)} `
  return terms
}
