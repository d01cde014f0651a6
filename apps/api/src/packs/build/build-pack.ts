import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { nodeDigests } from '@annal/ledger'
import { formatVerifierKey, type PackLeaf, type PackManifest, type PackSection, PackWriter, referenceToken } from '@annal/proof'
import type { PackJob } from '../pack-job.ts'
import { PackDocuments } from '../report/pack-documents.ts'
import type { FrameFacts } from '../report/report-frame.ts'
import type { BuildSurroundings } from './build-surroundings.ts'
import { packLeaf } from './disclosed-event.ts'
import type { PackFile } from './pack-file.ts'
import type { PackLog, PlacedEvent } from './pack-log.ts'
import { type ProfileInForce, profilesOf } from './profiles.ts'
import { breakEvents, placed, roleEvents, signingKeyEvents } from './provenance.ts'
import { type ScopeLeaves, scopeLeaves } from './scope-leaves.ts'
import { Spool } from './spool.ts'

/** What a build leaves besides the file. */
export interface BuildOutcome {
  readonly events: number
  readonly treeSize: number
  /** Whose profiles are in it. */
  readonly people: readonly string[]
}

/** How often progress is told, in events. */
const STEP = 500

/**
 * Writes the pack of a job: the scope's events first, in one pass from which report and lists come, then all that proves them. The same
 * job, record and release give the same bytes.
 * @throws when the log and the store disagree about an event: such a pack would not verify.
 */
export async function buildPack(job: PackJob, around: BuildSurroundings, file: PackFile): Promise<BuildOutcome> {
  const build = new PackBuild(job, around, file)
  try {
    return await build.run()
  } finally {
    build.remove()
  }
}

class PackBuild {
  private readonly csv: Spool
  private readonly html: Spool
  private readonly writer: PackWriter
  private readonly deciders = new Set<string>()
  private showsSigningKeys = false

  private readonly job: PackJob
  private readonly around: BuildSurroundings

  constructor(job: PackJob, around: BuildSurroundings, file: PackFile) {
    this.job = job
    this.around = around
    this.writer = new PackWriter(file, { digests: nodeDigests, runningSha256: () => createHash('sha256') })
    this.csv = new Spool(join(around.folder, 'events.csv'))
    this.html = new Spool(join(around.folder, 'events.html'))
  }

  remove(): void {
    this.csv.remove()
    this.html.remove()
  }

  async run(): Promise<BuildOutcome> {
    const { job, around, writer } = this
    const { log } = around
    const scope = scopeLeaves(job.scope, { workspace: job.workspace, log, trail: around.trail })
    const alsoOpened = scope.manifest.kind === 'references' ? scope.manifest.refs : []
    const { size, nodes, openingOf } = log
    const documents = new PackDocuments(this.facts(scope.manifest), { csv: this.csv, html: this.html })
    const { leaves } = await writer.leaves('events', this.events(scope, documents), { size, nodes, openingOf, alsoOpened })
    const profiles = job.withNames ? await profilesOf(job.workspace, this.deciders, around) : []
    await this.documents(documents, profiles)
    await this.provenance(profiles)
    await this.proofs(scope.manifest)
    const { keys: _keys, ...facts } = this.facts(scope.manifest)
    await writer.finish(facts, log.signers)
    around.progress(1)
    return { events: leaves, treeSize: log.size, people: profiles.map(({ person }) => person) }
  }

  private async *events(scope: ScopeLeaves, documents: PackDocuments): AsyncGenerator<PackLeaf> {
    let count = 0
    for await (const found of scope.leaves()) {
      const { leaf, read } = await packLeaf(found, this.around.log, this.around)
      if (read.actor.kind === 'person') this.deciders.add(read.actor.id)
      documents.add(found.leaf, read)
      if (++count % STEP === 0) this.around.progress(Math.min(0.9, (0.9 * count) / (scope.expected ?? this.around.log.size)))
      yield leaf
    }
    documents.end()
  }

  private async documents(documents: PackDocuments, profiles: readonly ProfileInForce[]): Promise<void> {
    const { writer, around } = this
    const names = new Map(profiles.map(({ person, name }) => [person, name]))
    for (const [name, bytes] of await documents.summaries(around.log.note, names)) await writer.document(name, [bytes])
    await writer.document('events.html', this.html.content())
    await writer.document('events.csv', this.csv.content())
    if (around.verifier !== null) await writer.document('verify.mjs', [around.verifier])
  }

  /** By what right people decided, who they are, what key signs, and where the log was broken. */
  private async provenance(profiles: readonly ProfileInForce[]): Promise<void> {
    const { log, systemLog } = this.around
    await this.section('roles', await roleEvents(this.job.workspace, this.deciders, this.around), log)
    const names = profiles.flatMap(({ recorded }) => placed(recorded, log)).sort((a, b) => a.leaf - b.leaf)
    await this.section('names', names, log)
    await this.section('break', await breakEvents(log), log)
    const keys = await signingKeyEvents(this.around)
    await this.section('signing-keys', keys, systemLog)
    this.showsSigningKeys = keys.length > 0
    if (this.showsSigningKeys) await this.writer.systemHead(systemLog.note)
  }

  private async section(section: PackSection, events: readonly PlacedEvent[], log: PackLog): Promise<void> {
    if (events.length === 0) return
    const leaves = async function* (around: BuildSurroundings) {
      for (const event of events) yield (await packLeaf(event, log, around)).leaf
    }
    await this.writer.leaves(section, leaves(this.around), log)
  }

  private async proofs(scope: PackManifest['scope']): Promise<void> {
    const { writer } = this
    const { log } = this.around
    await writer.head(log.note)
    if (scope.kind === 'references') {
      const tokens = scope.refs.map((ref) => referenceToken(log.openingOf(ref), ref, nodeDigests))
      await writer.mapProof(await log.mapProof(tokens))
    }
    const older = log.olderHeads()
    if (older.length > 0) await writer.consistency(older)
    for (const { response } of log.timestamps) await writer.timestamp(response)
  }

  private facts(scope: PackManifest['scope']): Omit<PackManifest, 'v' | 'members'> & FrameFacts {
    const { job, around } = this
    const { log } = around
    return {
      release: around.release,
      origin: log.origin,
      workspace: job.workspace,
      size: log.size,
      exportedAt: job.requestedAt,
      exportedBy: job.requester,
      purpose: job.purpose,
      scope,
      keys: log.signers.map(({ key }) => formatVerifierKey(key)),
      systemKeys: this.showsSigningKeys ? around.systemLog.verifierKeys : [],
      witnesses: log.witnessPolicy,
      report: {
        pack: job.pack,
        workspaceName: job.workspaceName,
        signedAt: log.signedAt,
        authorities: log.timestamps.map(({ authority }) => authority),
        withNames: job.withNames,
      },
    }
  }
}
