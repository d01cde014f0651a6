import { idOf } from './facts.ts'

/** `Actor` of the API. */
export interface ActorNode {
  readonly kind: 'PERSON' | 'SERVICE'
  readonly id: string
}

/** Of `person:per_…` or `service:…`. */
export function actorNode(actor: string): ActorNode {
  return { kind: actor.startsWith('person:') ? 'PERSON' : 'SERVICE', id: idOf(actor) }
}
