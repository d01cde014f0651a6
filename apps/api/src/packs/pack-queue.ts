import { EventEmitter, once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { AppendUncertain, type Ledger, nodeDigests, StoreFull, StoreUnavailable } from '@annal/ledger'
import { derivedId } from '@annal/proof'
import { reportFault } from '../http/report-fault.ts'
import { type OwnEvent, recordOwn } from '../identity/record-access.ts'
import type { PinnedHeads } from './build/pinned-head.ts'
import type { BuildPlace, JobFolder, KeptJob } from './job-folder.ts'
import type { BuiltPack, PackJob } from './pack-job.ts'

const RETRY = 5_000
/** In one `PersonalDataDisclosed`. */
const MOST_PEOPLE = 500

export interface BuildTarget {
  readonly place: BuildPlace
  /** Told from 0 to 1. */
  readonly progress: (share: number) => void
}

export interface PackBuilder {
  /** Waits until what stands in the record now is under a head, and chooses the heads of the pack. */
  pin(job: PackJob): Promise<PinnedHeads>
  build(job: PackJob, heads: PinnedHeads, to: BuildTarget): Promise<BuiltPack>
  /** How often keys were destroyed: a pack that was built meanwhile may open what nobody may read any more. */
  destructions(): number
}

/** A pack that is on its way, or that could not be made. */
export interface PackUnderWay {
  readonly job: PackJob
  readonly progress: number
  readonly problem: string | null
}

/** Makes packs one after the other: file, then its event. A job that was asked for is made, whatever stops in between. */
export class PackQueue {
  private readonly underWay = new Map<string, PackUnderWay>()
  private readonly changed = new EventEmitter().setMaxListeners(0)
  private last: Promise<void> = Promise.resolve()
  private closed = false

  constructor(
    private readonly folder: JobFolder,
    private readonly builder: PackBuilder,
    private readonly ledger: Ledger,
  ) {
    for (const kept of folder.jobs()) this.enter(kept)
  }

  /** Durable on return: the pack will be made. */
  ask(job: PackJob): void {
    const kept: KeptJob = { job, state: { status: 'asked' } }
    this.folder.keep(kept)
    this.enter(kept)
  }

  find(workspace: string, pack: string): PackUnderWay | null {
    const found = this.underWay.get(pack)
    return found?.job.workspace === workspace ? found : null
  }

  /** Whether a pack of this name is on its way in any workspace, or could not be made there. */
  holds(pack: string): boolean {
    return this.underWay.has(pack)
  }

  /** Newest first. */
  all(workspace: string): PackUnderWay[] {
    return [...this.underWay.values()]
      .filter(({ job }) => job.workspace === workspace)
      .sort((a, b) => (a.job.requestedAt < b.job.requestedAt ? 1 : -1))
  }

  /** Resolves at the next change of a pack, or when `signal` aborts. */
  async moved(pack: string, signal: AbortSignal): Promise<void> {
    try {
      await once(this.changed, pack, { signal })
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }

  /** Waits for the one that is being made. The others are made at the next start. */
  async close(): Promise<void> {
    this.closed = true
    await this.last
  }

  private enter(kept: KeptJob): void {
    const { job, state } = kept
    this.show({ job, progress: 0, problem: state.status === 'failed' ? state.problem : null })
    if (state.status !== 'failed') this.last = this.last.then(() => this.make(kept))
  }

  private async make({ job, state }: KeptJob): Promise<void> {
    if (this.closed) return
    try {
      const built = state.status === 'built' ? state.built : await this.begin({ job, state })
      await this.record(exportEvents(job, built))
      if (this.closed) return
      this.folder.forget(job.pack)
      this.underWay.delete(job.pack)
      this.changed.emit(job.pack)
    } catch (error) {
      if (this.closed) return
      reportFault(error, 'packs')
      this.fail(job, error instanceof Error ? error.message : String(error))
    }
  }

  /** The file is there; until the store takes its event, it is not exported and nobody can fetch it. */
  private async record(events: readonly OwnEvent[]): Promise<void> {
    while (!this.closed) {
      try {
        return await recordOwn(this.ledger, events)
      } catch (error) {
        if (!(error instanceof StoreUnavailable || error instanceof StoreFull || error instanceof AppendUncertain)) throw error
        reportFault(error, 'packs')
        await wait(RETRY, undefined, { ref: false })
      }
    }
  }

  /** Heads that an earlier run chose may be under a key that signs no more: then the pack is made under new ones. */
  private async begin({ job, state }: KeptJob): Promise<BuiltPack> {
    if (state.status !== 'pinned') return this.build(job, await this.pin(job))
    try {
      return await this.build(job, state.heads)
    } catch (error) {
      reportFault(error, 'packs')
      return this.build(job, await this.pin(job))
    }
  }

  private async pin(job: PackJob): Promise<PinnedHeads> {
    const heads = await this.builder.pin(job)
    this.folder.keep({ job, state: { status: 'pinned', heads } })
    return heads
  }

  private async build(job: PackJob, heads: PinnedHeads): Promise<BuiltPack> {
    const destructions = this.builder.destructions()
    const place = this.folder.place(job.pack)
    const progress = (share: number) => this.show({ job, progress: share, problem: null })
    const built = await this.builder.build(job, heads, { place, progress })
    // Nothing may come between this look and the file's name: by it the next destruction finds the pack.
    if (this.builder.destructions() !== destructions) return this.build(job, heads)
    this.folder.finish(job.pack, place)
    this.folder.keep({ job, state: { status: 'built', built } })
    return built
  }

  /** Where not even that can be written, the next start makes the pack: it must end neither the queue nor the server. */
  private fail(job: PackJob, problem: string): void {
    this.show({ job, progress: 0, problem })
    try {
      this.folder.clear(job.pack)
      this.folder.keep({ job, state: { status: 'failed', problem } })
    } catch (error) {
      reportFault(error, 'packs')
    }
  }

  private show(underWay: PackUnderWay): void {
    this.underWay.set(underWay.job.pack, underWay)
    this.changed.emit(underWay.job.pack)
  }
}

/** What an export leaves in the record. All of it follows from job and file, so that recording it again changes nothing. */
function exportEvents(job: PackJob, built: BuiltPack): OwnEvent[] {
  const { pack, workspace, requester: actor, requestedAt: at } = job
  const exported = {
    pack,
    scope: recordedScope(job),
    requester: actor.id,
    purpose: job.purpose,
    treeSize: built.treeSize,
    events: built.events,
    sha256: built.sha256,
    withNames: job.withNames,
  }
  const events: OwnEvent[] = [{ id: job.exportEvent, type: 'EvidencePackExported', data: exported, workspace, actor, at }]
  return job.withNames ? [...events, ...disclosures(job, built)] : events
}

/** That names were asked for is told though nobody's profile is in the pack: personal fields of data subjects are. */
function disclosures(
  { pack, workspace, requester: actor, requestedAt: at, recipient, purpose }: PackJob,
  { people }: BuiltPack,
): OwnEvent[] {
  const parts = Array.from({ length: Math.max(1, Math.ceil(people.length / MOST_PEOPLE)) }, (_, i) => i)
  return parts.map((part) => {
    const id = derivedId('annal/pack/v1', [workspace, pack, 'disclosed', ...(part === 0 ? [] : [String(part)])], nodeDigests)
    const those = people.slice(part * MOST_PEOPLE, (part + 1) * MOST_PEOPLE)
    const data = { pack, people: those, recipient: recipient ?? '', purpose }
    return { id, type: 'PersonalDataDisclosed', data, workspace, actor, at }
  })
}

function recordedScope({ scope }: PackJob): Readonly<Record<string, unknown>> {
  switch (scope.kind) {
    case 'system':
    case 'incident':
    case 'model':
      return { kind: scope.kind, thing: scope.thing }
    case 'period':
      return { kind: scope.kind, period: { from: scope.from, until: scope.until } }
    case 'workspace':
    case 'filter':
      return { kind: scope.kind }
  }
}
