import type { EventReader, KeyReader, Ledger, Position } from '@annal/ledger'
import type { TrailFilter } from '@annal/projections'
import type { FoundPage } from '../graphql/connection.ts'
import { packKeepers } from '../graphql/field-roles.ts'
import { TypedError } from '../http/typed-error.ts'
import type { Caller } from '../identity/caller.ts'
import type { Directory } from '../identity/directory.ts'
import type { EventView } from '../trail/event-view.ts'
import { asPosition } from '../trail/position.ts'
import { trailEvents } from '../trail/trail-events.ts'
import type { TrailReader } from '../trail/trail-reader.ts'
import { invalid, NEEDS_A_PERSON, noSuchPack } from './answers.ts'
import type { JobFolder } from './job-folder.ts'
import type { PackJob } from './pack-job.ts'
import type { PackQueue } from './pack-queue.ts'
import { isSharedWith, lastSharedWith, type PackRecord, readPackRecord } from './pack-record.ts'
import type { PackScope } from './pack-scope.ts'
import { completenessOf, exportedPack, packUnderWay } from './pack-view.ts'
import { type PackScopeInput, readScope } from './read-scope.ts'
import { recordShare, type ShareRequest } from './share-packs.ts'

export interface ExportRequest {
  readonly id: string
  readonly scope: PackScope
  readonly purpose: string
  readonly withNames: boolean
  readonly recipient: string | null
}

export interface DeskSurroundings {
  readonly store: EventReader
  readonly keys: KeyReader
  readonly ledger: Ledger
  readonly trail: TrailReader
  readonly directory: Directory
  readonly folder: JobFolder
  readonly queue: PackQueue
  /** The size of the workspace's tree under its newest head, or null while nothing is sealed. */
  readonly treeSize: (workspace: string) => number | null
  readonly now: () => string
}

const LONGEST_PURPOSE = 2_000
const LONGEST_RECIPIENT = 300
const MOST_COUNTED = 1_000_000
/** A sealed event with its proof, lists and packing. */
const BYTES_AN_EVENT = 700
const BYTES_A_PACK = 250_000

/** Where packs are asked for, found, shared and followed. */
export class PackDesk {
  constructor(private readonly around: DeskSurroundings) {}

  async preview({ workspace }: Caller, input: PackScopeInput) {
    const read = readScope(input, workspace)
    if (read.status === 'refused') throw new TypedError('BAD_USER_INPUT', read.message)
    const { trail, treeSize } = this.around
    const events = await trail.count(workspace, filterOf(read.scope), MOST_COUNTED)
    const size = treeSize(workspace)
    return {
      events,
      approximateBytes: BYTES_A_PACK + events.value * BYTES_AN_EVENT,
      treeSize: size === null ? null : String(size),
      completeness: completenessOf(read.scope.kind),
    }
  }

  async export(caller: Caller, request: ExportRequest) {
    if (caller.actor.kind !== 'person') return NEEDS_A_PERSON
    const problem = problemOf(request)
    if (problem !== null) return problem
    const { queue, folder, directory, now } = this.around
    const pack = `pack-${request.id}`
    const known = await this.find(caller, pack)
    if (known !== null) return known
    // Packs of all workspaces lie side by side. One of this workspace was asked for, or exported, while its record was looked for.
    if (queue.holds(pack) || folder.size(pack) !== null)
      return (await this.find(caller, pack)) ?? invalid('This id is taken: a new pack has a new id.', '/id')
    const { name = '', simulatedClock = false } = directory.workspace(caller.workspace) ?? {}
    const { scope, purpose, withNames, recipient } = request
    const job: PackJob = {
      pack,
      exportEvent: request.id,
      workspace: caller.workspace,
      workspaceName: name,
      simulatedClock,
      scope,
      purpose: purpose.trim(),
      recipient: withNames ? recipient : null,
      requester: caller.actor,
      requestedAt: now(),
      withNames,
    }
    queue.ask(job)
    return packUnderWay({ job, progress: 0, problem: null })
  }

  /** What the caller may see of a pack, or null. */
  async find(caller: Caller, pack: string) {
    const record = await this.record(caller, pack)
    if (record !== null) return exportedPack(record, this.around.folder)
    const underWay = isKeeper(caller) ? this.around.queue.find(caller.workspace, pack) : null
    return underWay === null ? null : packUnderWay(underWay)
  }

  /** The record of a pack that the caller may have, or null. */
  async record(caller: Caller, pack: string): Promise<PackRecord | null> {
    const { store, keys, now } = this.around
    if (!/^pack-[0-9a-f-]{36}$/.test(pack)) return null
    const record = await readPackRecord(store, keys, caller.workspace, pack)
    if (record === null || isKeeper(caller)) return record
    return isSharedWith(record, caller, now()) ? record : null
  }

  async exported(workspace: string, after: string | null, limit: number): Promise<FoundPage<unknown>> {
    const { trail } = this.around
    const filter = { types: ['EvidencePackExported'] }
    const page = await trail.page({ workspace, filter, order: 'newest-first', after: positionOf(after), limit })
    const packs = await Promise.all(page.events.map(({ position, data }) => this.found(workspace, position, packOf(data))))
    const underWay = after === null ? await this.underWay(workspace) : []
    return { edges: [...underWay, ...packs.flat()], more: page.more, continued: after !== null }
  }

  /** Shares newest first; each pack once, at its newest share with the caller. */
  async sharedWith(caller: Caller, after: string | null, limit: number): Promise<FoundPage<unknown>> {
    const edges: { cursor: string; node: unknown }[] = []
    const seen = new Set<string>()
    for await (const { position, data, occurredAt } of trailEvents(this.around.trail, {
      workspace: caller.workspace,
      filter: { types: ['PackShared'] },
      order: 'newest-first',
      after: positionOf(after),
    })) {
      const pack = packOf(data)
      if (seen.has(pack) || !isFor(caller, data)) continue
      seen.add(pack)
      if (edges.length === limit) return { edges, more: true, continued: after !== null }
      edges.push(...(await this.shared(caller, pack, { position, occurredAt })))
    }
    return { edges, more: false, continued: after !== null }
  }

  async share(caller: Caller, request: ShareRequest) {
    const record = await this.record(caller, request.pack)
    if (record === null) return noSuchPack()
    const { ledger, store, now, directory } = this.around
    const isMember = (workspace: string, person: string) => directory.membersOf(workspace).rolesOf(person, now()).length > 0
    const problem = await recordShare(caller, record, request, { ledger, store, now, isMember })
    return problem ?? this.find(caller, request.pack)
  }

  revokeShare(caller: Caller, request: ShareRequest) {
    return this.share(caller, { ...request, until: null })
  }

  async *follow(caller: Caller, pack: string, signal: AbortSignal) {
    for (;;) {
      const moved = this.around.queue.moved(pack, signal)
      const found = await this.find(caller, pack)
      if (found === null || signal.aborted) return
      yield found
      if (found.status !== 'BUILDING') return
      await moved
    }
  }

  /** Without those whose export is recorded already: the record tells of them, without what was erased. */
  private async underWay(workspace: string) {
    const { store, keys, queue } = this.around
    const all = queue.all(workspace).map(async (one) => {
      const record = await readPackRecord(store, keys, workspace, one.job.pack)
      return record === null ? [{ cursor: '', node: packUnderWay(one) }] : []
    })
    return (await Promise.all(all)).flat()
  }

  private async found(workspace: string, cursor: string, pack: string) {
    const { store, keys, folder } = this.around
    const record = await readPackRecord(store, keys, workspace, pack)
    return record === null ? [] : [{ cursor, node: exportedPack(record, folder) }]
  }

  /** Where an earlier page showed the pack at a newer share, nothing. */
  private async shared(caller: Caller, pack: string, { position: cursor, occurredAt }: Pick<EventView, 'position' | 'occurredAt'>) {
    const { store, keys, folder, now } = this.around
    const record = await readPackRecord(store, keys, caller.workspace, pack)
    const holds = record !== null && isSharedWith(record, caller, now()) && lastSharedWith(record, caller) === occurredAt
    return holds ? [{ cursor, node: exportedPack(record, folder) }] : []
  }
}

function filterOf(scope: PackScope): TrailFilter {
  switch (scope.kind) {
    case 'system':
    case 'incident':
    case 'model':
      return { about: [scope.thing] }
    case 'workspace':
      return {}
    case 'period':
      return { recordedFrom: scope.from, recordedTo: scope.until }
    case 'filter':
      return scope.filter
  }
}

function problemOf({ purpose, withNames, recipient }: ExportRequest): ReturnType<typeof invalid> | null {
  if (purpose.trim() === '' || purpose.length > LONGEST_PURPOSE)
    return invalid(`A purpose has 1 to ${LONGEST_PURPOSE} characters: it stands in the pack and in the record.`, '/purpose')
  if (withNames && (recipient === null || recipient.trim() === '' || recipient.length > LONGEST_RECIPIENT))
    return invalid('Who receives names of people is recorded: name the recipient, in at most 300 characters.', '/recipient')
  return null
}

function isKeeper({ roles }: Caller): boolean {
  return roles.some((role) => packKeepers.includes(role))
}

function isFor({ actor, roles }: Caller, data: unknown): boolean {
  const { person, role: shared } = data as { readonly person?: unknown; readonly role?: unknown }
  return person === actor.id || roles.some((role) => shared === role.toLowerCase())
}

function packOf(data: unknown): string {
  return String((data as { readonly pack?: unknown }).pack)
}

function positionOf(cursor: string | null): Position | null {
  return cursor === null || cursor === '' ? null : asPosition(cursor)
}
