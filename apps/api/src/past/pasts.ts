import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Past, pastName } from '@annal/projections/names'
import { reportFault } from '../http/report-fault.ts'
import { TypedError } from '../http/typed-error.ts'

/** A past to be folded into a file of its own. */
export interface PastOrder extends Past {
  readonly file: string
  /** An earlier past of the same workspace, to go on from. */
  readonly base: (Past & { readonly file: string }) | null
}

/** Folds one past at a time. */
export interface PastBuilder {
  /** Rejects when it can't, or `signal` aborts; then what it left in the file is to be thrown away. */
  build(order: PastOrder, progress: (events: number) => void, signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

/** Whoever has files of pasts open for reading. */
export interface PastReaders {
  closePasts(names: readonly string[] | 'all'): Promise<void>
}

interface Building {
  readonly past: Past
  read: number
  readonly done: Promise<Past>
}

const KEPT = 8
const MOST_WAITING = 16
/** How long, in ms, an ask waits for its past. */
const PATIENCE = 4_000

/**
 * The pasts that were asked for last, each a file in a folder that holds nothing else. They are built one after the other; those who ask for
 * the same one wait for the same build.
 */
export class Pasts {
  /** What was used last stands last. */
  private kept: readonly Past[] = []
  private readonly builds = new Map<string, Building>()
  private lane: Promise<unknown> = Promise.resolve()
  /** What is being taken away: nothing is built until that has ended. */
  private removal: Promise<unknown> = Promise.resolve()
  private running: { readonly stop: AbortController; readonly ended: Promise<void> } | null = null
  private closed = false

  constructor(
    private readonly folder: string,
    private readonly builder: PastBuilder,
    private readonly readers: PastReaders,
  ) {
    this.wipe()
  }

  /**
   * The past, once its file stands. `holds` says whether it still does.
   * @throws TypedError PAST_NOT_READY when that takes long: the build goes on. PAST_FAILED when there was none; the next ask tries again.
   */
  async ready(past: Past): Promise<Past> {
    const name = pastName(past)
    const kept = this.kept.find((one) => pastName(one) === name)
    if (kept !== undefined) {
      this.kept = [...this.kept.filter((one) => one !== kept), kept]
      return kept
    }
    const building = this.builds.get(name) ?? this.begin(past)
    const patience = Promise.withResolvers<null>()
    const timer = setTimeout(() => patience.resolve(null), PATIENCE)
    try {
      const built = await Promise.race([building.done, patience.promise])
      if (built === null) throw notReady(building)
      return built
    } finally {
      clearTimeout(timer)
    }
  }

  /** False once it was taken away, even if the same was built again since. */
  holds(past: Past): boolean {
    return this.kept.includes(past)
  }

  /** Takes all of them away, with the one that is being built, which begins anew. Resolves when nothing of them is left in any file. */
  async forget(): Promise<void> {
    this.kept = []
    this.running?.stop.abort()
    const ended = this.running?.ended
    await this.remove(async () => {
      await ended
      this.wipe()
      await this.readers.closePasts('all')
    })
  }

  async close(): Promise<void> {
    this.closed = true
    await this.forget()
    await this.builder.close()
  }

  private begin(past: Past): Building {
    if (this.builds.size >= MOST_WAITING) throw notReady({ past, read: 0 })
    const name = pastName(past)
    const done = this.lane.then(() => this.run(building)).finally(() => this.builds.delete(name))
    const building: Building = { past, read: 0, done }
    this.builds.set(name, building)
    // Who asked is told of a failure; the next in the lane goes on all the same.
    this.lane = done.catch(() => undefined)
    return building
  }

  private async run(building: Building): Promise<Past> {
    for (;;) {
      await this.removed()
      if (this.closed) throw failed()
      const stop = new AbortController()
      const ended = Promise.withResolvers<void>()
      this.running = { stop, ended: ended.promise }
      try {
        const built = await this.build(building, stop.signal)
        if (built !== null) return built
      } finally {
        this.running = null
        ended.resolve()
      }
    }
  }

  /** Null when it was to be thrown away meanwhile. */
  private async build(building: Building, signal: AbortSignal): Promise<Past | null> {
    const { past } = building
    const file = join(this.folder, pastName(past))
    const part = `${file}.part`
    building.read = 0
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 })
      const progress = (events: number) => {
        building.read = events
      }
      await this.builder.build({ ...past, file: part, base: this.nearest(past) }, progress, signal)
      if (signal.aborted) return null
      renameSync(part, file)
    } catch (error) {
      if (signal.aborted) return null
      reportFault(error, 'past')
      throw failed()
    } finally {
      rmSync(part, { recursive: true, force: true })
    }
    this.keep(past)
    return past
  }

  private nearest({ workspace, prefix }: Past): PastOrder['base'] {
    const earlier = this.kept.filter((one) => one.workspace === workspace && one.prefix.events <= prefix.events)
    const [nearest] = earlier.sort((a, b) => b.prefix.events - a.prefix.events)
    return nearest === undefined ? null : { ...nearest, file: join(this.folder, pastName(nearest)) }
  }

  private keep(past: Past): void {
    const all = [...this.kept, past]
    this.kept = all.slice(-KEPT)
    const dropped = all.slice(0, -KEPT).map(pastName)
    if (dropped.length === 0) return
    const removed = this.remove(async () => {
      for (const name of dropped) rmSync(join(this.folder, name), { force: true })
      await this.readers.closePasts(dropped)
    })
    removed.catch((error: unknown) => reportFault(error, 'past'))
  }

  /** Files go before those who read them close them: nobody opens one again in between. */
  private remove(work: () => Promise<void>): Promise<void> {
    const removal = this.removal.then(work)
    // Who removes is told of a failure; the next removal goes on all the same.
    this.removal = removal.catch(() => undefined)
    return removal
  }

  private async removed(): Promise<void> {
    for (let awaited: unknown = null; awaited !== this.removal; ) {
      awaited = this.removal
      await awaited
    }
  }

  private wipe(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

function notReady({ past, read }: Pick<Building, 'past' | 'read'>): TypedError {
  return new TypedError('PAST_NOT_READY', 'The registers of that instant are still being put together. Ask again in a few seconds.', {
    read,
    of: past.prefix.events,
  })
}

function failed(): TypedError {
  return new TypedError(
    'PAST_FAILED',
    'The registers of that instant could not be put together: the disk is full or the event store cannot be read. Ask again.',
  )
}
