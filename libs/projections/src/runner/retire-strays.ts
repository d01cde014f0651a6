import { parseEventReference } from '@annal/proof'
import type { ProjectionSource } from './follow-generation.ts'
import { type Generation, lastApplied, retire } from './view-registry.ts'

/**
 * A store that was put back to an older state gives the positions of lost events to others. What a view made of the lost ones is no view of
 * this record, and what comes would be missing in it: such a view is dropped and made anew from the first event on.
 */
export async function retireStrays<Tables>({ projection, readModel, events }: ProjectionSource<Tables>): Promise<void> {
  const generations = await readModel.transaction((session) => lastApplied(session, projection.name))
  for (const generation of generations) {
    if (!(await isStray(generation, events))) continue
    await readModel.transaction((session) => retire(session, projection.name, generation))
  }
}

async function isStray(
  { event, position }: Generation & { readonly event: string | null },
  events: ProjectionSource<never>['events'],
): Promise<boolean> {
  const reference = event === null ? null : parseEventReference(event)
  if (reference === null) return false
  return (await events.findEvent(reference.stream, reference.id))?.position !== position
}
