import { comparePositions, type Position } from '@annal/ledger'
import type { Session } from '../read-model/read-model.ts'
import { BUILDING, followGeneration, type ProjectionSource } from './follow-generation.ts'
import {
  addGeneration,
  buildingGeneration,
  forgetGeneration,
  type Generation,
  liveGeneration,
  retiredGenerations,
  switchTo,
} from './view-registry.ts'

/**
 * Builds the view anew beside what readers see, from the first event on or from where an earlier attempt stopped, shows it to them as
 * soon as it has all that they see now, and drops the old one.
 */
export async function buildGeneration<Tables>(source: ProjectionSource<Tables>): Promise<void> {
  const building = await source.readModel.transaction((session) => beginBuilding(source, session))
  if (await switched(source, building)) return
  const untilSwitched = async (now: Generation) => ((await switched(source, now)) ? 'enough' : 'go on')
  const end = await followGeneration(source, building, untilSwitched, BUILDING)
  if (end === 'replaced') throw new Error(`expected to build ${source.projection.name}, found that another runner does`)
}

async function beginBuilding<Tables>({ projection }: ProjectionSource<Tables>, session: Session): Promise<Generation> {
  const begun = await buildingGeneration(session, projection.name)
  if (begun && begun.version === projection.version) return begun
  if (begun) {
    await session.drop(projection, begun.generation)
    await forgetGeneration(session, projection.name, begun)
  }
  const made = await addGeneration(session, projection, 'building')
  await session.create(projection, made.generation)
  return made
}

async function switched<Tables>(source: ProjectionSource<Tables>, building: Generation): Promise<boolean> {
  const done = await source.readModel.transaction(async (session) => {
    const live = await liveGeneration(session, source.projection.name)
    if (live && isBefore(building.position, live.position)) return false
    await switchTo(session, source.projection.name, building)
    return true
  })
  if (done) await dropRetired(source)
  return done
}

function isBefore(a: Position | null, b: Position | null): boolean {
  return b !== null && (a === null || comparePositions(a, b) < 0)
}

/** Each in a transaction of its own: the live one waits for it. */
export async function dropRetired<Tables>({
  projection,
  readModel,
}: Pick<ProjectionSource<Tables>, 'projection' | 'readModel'>): Promise<void> {
  for (const retired of await readModel.transaction((session) => retiredGenerations(session, projection.name))) {
    await readModel.transaction(async (session) => {
      await session.drop(projection, retired.generation)
      await forgetGeneration(session, projection.name, retired)
    })
  }
}
