import type { Position, RecordedEvent } from '@annal/ledger'
import { formatEventReference } from '@annal/proof'
import type { Session } from '../read-model/read-model.ts'

export interface Generation {
  readonly generation: number
  readonly version: number
  /** Of the last event applied; null before the first. */
  readonly position: Position | null
}

/** What readers of a view see, or null while there is nothing. */
export async function liveGeneration({ registry }: Session, name: string): Promise<Generation | null> {
  return (await generations(registry, name, 'live'))[0] ?? null
}

/** A rebuild that was begun and is not finished. */
export async function buildingGeneration({ registry }: Session, name: string): Promise<Generation | null> {
  return (await generations(registry, name, 'building'))[0] ?? null
}

/** All that may hold what was read from events. */
export async function keptGenerations({ registry }: Session, name: string): Promise<Generation[]> {
  return [
    ...(await generations(registry, name, 'live')),
    ...(await generations(registry, name, 'building')),
    ...(await generations(registry, name, 'retired')),
  ]
}

/** The event that each generation has applied last, where that is known: `<stream>/<event id>`. */
export async function lastApplied({ registry }: Session, name: string): Promise<(Generation & { readonly event: string | null })[]> {
  const rows = await registry
    .selectFrom('view')
    .select(['generation', 'version', 'position', 'event'])
    .where('name', '=', name)
    .where('status', '!=', 'retired')
    .execute()
  return rows.map((row) => ({ ...row, position: row.position as Position | null }))
}

/** Nobody sees it any more; it is dropped with what was replaced. */
export async function retire({ registry }: Session, name: string, { generation }: Generation): Promise<void> {
  await registry.updateTable('view').set({ status: 'retired' }).where('name', '=', name).where('generation', '=', generation).execute()
}

/** What was replaced and still takes room. */
export async function retiredGenerations({ registry }: Session, name: string): Promise<Generation[]> {
  return generations(registry, name, 'retired')
}

async function generations(registry: Session['registry'], name: string, status: 'live' | 'building' | 'retired'): Promise<Generation[]> {
  const rows = await registry
    .selectFrom('view')
    .select(['generation', 'version', 'position'])
    .where('name', '=', name)
    .where('status', '=', status)
    .execute()
  return rows.map((row) => ({ ...row, position: row.position as Position | null }))
}

export async function addGeneration(
  { registry }: Session,
  view: { readonly name: string; readonly version: number },
  status: 'live' | 'building',
): Promise<Generation> {
  const { newest } = await registry
    .selectFrom('view')
    .select(({ fn }) => fn.max('generation').as('newest'))
    .where('name', '=', view.name)
    .executeTakeFirstOrThrow()
  const generation = Number(newest ?? 0) + 1
  await registry
    .insertInto('view')
    .values({ name: view.name, generation, version: view.version, status, position: null, event: null })
    .execute()
  return { generation, version: view.version, position: null }
}

/** Moves a generation's cursor. False when it no longer stands where the caller left it, or is retired: then nothing is to be applied. */
export async function moveCursor(
  { registry }: Session,
  name: string,
  { generation, position }: Generation,
  to: RecordedEvent,
): Promise<boolean> {
  const moved = await registry
    .updateTable('view')
    .set({ position: to.position, event: formatEventReference(to) })
    .where('name', '=', name)
    .where('generation', '=', generation)
    .where('status', '!=', 'retired')
    .where('position', 'is', position)
    .executeTakeFirst()
  return moved.numUpdatedRows === 1n
}

/** Shows readers the new generation from now on. */
export async function switchTo({ registry }: Session, name: string, { generation }: Generation): Promise<void> {
  await registry.updateTable('view').set({ status: 'retired' }).where('name', '=', name).where('status', '=', 'live').execute()
  await registry.updateTable('view').set({ status: 'live' }).where('name', '=', name).where('generation', '=', generation).execute()
}

export async function forgetGeneration({ registry }: Session, name: string, { generation }: Generation): Promise<void> {
  await registry.deleteFrom('view').where('name', '=', name).where('generation', '=', generation).execute()
}
