import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { LeafIndex, LogTiles, type MasterKey, openKeyStore, type SigningKey, signEd25519 } from '@annal/ledger'
import { openAuditTrail, openSqliteReadModel } from '@annal/projections'
import { verifierKey } from '@annal/proof'
import { buildPack } from '../packs/build/build-pack.ts'
import { Erasures } from '../packs/build/erasures.ts'
import { FieldDisclosures } from '../packs/build/field-disclosure.ts'
import { openPackLog } from '../packs/build/open-pack-log.ts'
import { PackFile } from '../packs/build/pack-file.ts'
import type { PackLog } from '../packs/build/pack-log.ts'
import type { PinnedHead, PinnedHeads } from '../packs/build/pinned-head.ts'
import type { BuiltPack, PackJob } from '../packs/pack-job.ts'
import { serveCalls } from './calls.ts'
import { type EventSource, openSource } from './event-source.ts'

/** What packs are made from. All files exist when it starts. */
export interface PackWorkerFiles {
  readonly events: EventSource
  readonly keys: string
  readonly masterKey: MasterKey
  readonly views: string
  readonly search: string
  readonly tiles: string
  readonly leafIndex: string
  /** The built offline verifier; packs go without it where it was not built. */
  readonly verifier: string
  readonly release: string
}

/** Where one build works, and the file that it writes. */
export interface BuildPlace {
  readonly work: string
  readonly file: string
}

/** Sent while a pack is being built; `share` from 0 to 1. */
export interface BuildProgress {
  readonly pack: string
  readonly share: number
}

const port = parentPort
if (port === null) throw new Error('expected to run as a worker')
const files: PackWorkerFiles = workerData
const store = await openSource(files.events)
const keys = openKeyStore({ file: files.keys, masterKey: files.masterKey, mode: 'read' })
const trail = openAuditTrail({
  views: openSqliteReadModel({ file: files.views, mode: 'read', cacheKib: 8_192 }),
  search: openSqliteReadModel({ file: files.search, mode: 'read', cacheKib: 2_048 }),
})
const verifier = existsSync(files.verifier) ? readFileSync(files.verifier) : null

/** Opened for one build and closed with it. */
class BuildFiles implements Disposable {
  private readonly index = new LeafIndex(files.leafIndex)
  private readonly opened: LogTiles[] = []

  log(
    workspace: string,
    head: PinnedHead,
    { signingKeys, heads }: { readonly signingKeys: readonly SigningKey[]; readonly heads: PinnedHeads },
  ): PackLog {
    const tiles = new LogTiles(join(files.tiles, head.log))
    this.opened.push(tiles)
    return openPackLog(head, {
      workspace,
      store,
      keys,
      tiles,
      index: this.index,
      signers: signingKeys.map(({ publicKey, privateKey }) => ({
        key: verifierKey(head.origin, publicKey),
        sign: signEd25519(privateKey),
      })),
      witnessPolicy: heads.witnesses,
    })
  }

  [Symbol.dispose](): void {
    for (const tiles of this.opened) tiles.close()
    this.index.close()
  }
}

serveCalls(port, {
  build: async (job: PackJob, heads: PinnedHeads, signingKeys: readonly SigningKey[], place: BuildPlace): Promise<BuiltPack> => {
    using build = new BuildFiles()
    const log = build.log(job.workspace, heads.workspace, { signingKeys, heads })
    const systemLog = build.log('system', heads.system, { signingKeys, heads })
    const disclosures = new FieldDisclosures(keys, new Erasures(trail, job.workspace), job.withNames)
    const progress = (share: number) => {
      const message: BuildProgress = { pack: job.pack, share }
      port.postMessage(message)
    }
    const file = new PackFile(place.file)
    const around = { store, keys, trail, log, systemLog, disclosures, folder: place.work, release: files.release, verifier, progress }
    return { ...(await buildPack(job, around, file)), ...file.end() }
  },
})
