import type { LagHistogram, Position, RecordedEvent } from '@annal/ledger'
import { type Pause, retrying } from './back-off.ts'
import { buildGeneration, dropRetired } from './build-generation.ts'
import { followGeneration, LIVE, type ProjectionSource } from './follow-generation.ts'
import { measureLag } from './measure-lag.ts'
import { retireStrays } from './retire-strays.ts'
import { addGeneration, buildingGeneration, type Generation, liveGeneration } from './view-registry.ts'

export interface ProjectionRun<Tables> extends ProjectionSource<Tables> {
  /** Milliseconds since 1970, of the clock that stamps recordedAt. */
  readonly now: () => number
  readonly lag?: LagHistogram
  /** `GatherLimits`, for what is live: a view that is built anew never rests. */
  readonly mayRest?: () => boolean
  /** Called at each change, and after each batch that has become visible. */
  readonly onStatus?: (status: ProjectionStatus) => void
}

export type ProjectionStatus =
  | { readonly status: 'following'; readonly position: Position | null }
  /** The store or the read model can't be used now. The projection tries again, with the very same event. */
  | ({ readonly status: 'waiting' } & Pause)
  /** A rebuild that an earlier run had begun came to nothing; what readers see is kept up to date. */
  | { readonly status: 'rebuild-failed'; readonly reason: Error }
  | ProjectionEnd

export type ProjectionEnd =
  | { readonly status: 'stopped' }
  /** An event could not be applied. None is ever skipped: somebody has to see to it and start again. */
  | { readonly status: 'failed'; readonly reason: Error }

export interface RunningProjection {
  /** Resolves, and never rejects, when nothing is applied any more. */
  readonly ended: Promise<ProjectionEnd>
  /** Builds the view anew beside what readers see, and resolves when they see the new one. A second call joins the first. */
  rebuild(): Promise<{ readonly status: 'switched' } | ProjectionEnd>
}

/** Keeps a view up to date. A view of an older version is first built anew; a rebuild that was interrupted goes on. */
export function runProjection<Tables>(run: ProjectionRun<Tables>): RunningProjection {
  const patience = { signal: run.signal, pausing: (pause: Pause) => run.onStatus?.({ status: 'waiting', ...pause }) }
  const prepared = retrying(patience, () => prepare(run))
  let building: Promise<void> | null = null
  const build = () => {
    building ??= prepared
      .then(() => retrying(patience, () => buildGeneration(run)))
      .finally(() => {
        building = null
      })
    return building
  }
  const keepUp = async () => {
    const { isOld, isBuilding } = await prepared
    if (isOld) await build()
    else if (isBuilding) build().catch((error) => run.signal.aborted || run.onStatus?.({ status: 'rebuild-failed', reason: error }))
    for (;;) await retrying(patience, (succeeded) => followLive(run, succeeded))
  }
  return {
    ended: keepUp().catch((error) => {
      const end = endOf(run.signal, error)
      run.onStatus?.(end)
      return end
    }),
    rebuild: () =>
      build().then(
        () => ({ status: 'switched' }),
        (error) => endOf(run.signal, error),
      ),
  }
}

function endOf(signal: AbortSignal, error: unknown): ProjectionEnd {
  if (signal.aborted) return { status: 'stopped' }
  return { status: 'failed', reason: error instanceof Error ? error : new Error(String(error)) }
}

/** The first generation is live at once: there is nothing older to show. */
async function prepare<Tables>(run: ProjectionRun<Tables>): Promise<{ isOld: boolean; isBuilding: boolean }> {
  const { projection, readModel } = run
  await retireStrays(run)
  await dropRetired(run)
  return readModel.transaction(async (session) => {
    const live = await liveGeneration(session, projection.name)
    if (!live) await session.create(projection, (await addGeneration(session, projection, 'live')).generation)
    const building = await buildingGeneration(session, projection.name)
    return { isOld: live !== null && live.version !== projection.version, isBuilding: building !== null }
  })
}

/** Follows what is live, and what replaces it. */
async function followLive<Tables>(run: ProjectionRun<Tables>, succeeded: () => void): Promise<void> {
  const live = await run.readModel.transaction((session) => liveGeneration(session, run.projection.name))
  if (!live) throw new Error(`expected a live generation of ${run.projection.name}, found none`)
  run.onStatus?.({ status: 'following', position: live.position })
  const applied = async (now: Generation, batch: readonly RecordedEvent[]) => {
    succeeded()
    becameVisible(run, now, batch)
    return 'go on' as const
  }
  await followGeneration(run, live, applied, { ...LIVE, mayRest: () => !run.signal.aborted && run.mayRest?.() === true })
}

function becameVisible<Tables>(
  { lag, now, onStatus }: ProjectionRun<Tables>,
  { position }: Generation,
  batch: readonly RecordedEvent[],
): void {
  if (lag) measureLag(lag, batch, now())
  onStatus?.({ status: 'following', position })
}
