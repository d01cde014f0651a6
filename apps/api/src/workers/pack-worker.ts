import { createPrivateKey, createSecretKey } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type EventReader, type KeyReader, LeafIndex, LogTiles, openKeyStore, signEd25519 } from '@annal/ledger'
import { openAuditTrail, openSqliteReadModel } from '@annal/projections'
import { verifierKey } from '@annal/proof'
import { buildPack } from '../packs/build/build-pack.ts'
import { Erasures } from '../packs/build/erasures.ts'
import { FieldDisclosures } from '../packs/build/field-disclosure.ts'
import { openPackLog } from '../packs/build/open-pack-log.ts'
import { PackFile } from '../packs/build/pack-file.ts'
import type { PackLog } from '../packs/build/pack-log.ts'
import type { PinnedHead, PinnedHeads } from '../packs/build/pinned-head.ts'
import type { BuildPlace } from '../packs/job-folder.ts'
import type { BuiltPack, PackJob } from '../packs/pack-job.ts'
import { serveCalls } from './calls.ts'
import { type EventSource, openSource } from './event-source.ts'

/** What packs are made from. All files exist when it starts. */
export interface PackSources {
  readonly events: EventSource
  readonly keys: string
  readonly views: string
  readonly search: string
  readonly tiles: string
  readonly leafIndex: string
  /** The built offline verifier; packs go without it where it was not built. */
  readonly verifier: string
  readonly release: string
}

/** All that one build needs, as it travels to another process. */
export interface PackOrder {
  readonly sources: PackSources
  readonly job: PackJob
  readonly heads: PinnedHeads
  readonly masterKey: Uint8Array
  /** `privateKey`: PKCS #8, DER. */
  readonly signingKeys: readonly { readonly privateKey: Uint8Array; readonly publicKey: Uint8Array }[]
  readonly place: BuildPlace
}

/** Sent while a pack is being built; `share` from 0 to 1. */
export interface BuildProgress {
  readonly pack: string
  readonly share: number
}

if (process.send === undefined) throw new Error('expected to run as a process of the server')
const port = {
  on: (event: 'message', listener: (message: unknown) => void) => process.on(event, listener),
  postMessage: (message: object) => process.send?.(message),
}
// A signal to the whole group is the server's to follow: it waits for the pack. Without a server nobody does.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined)
process.on('disconnect', () => process.exit(1))
const server = process.ppid

/** The logs of one build, opened when it begins and closed with it. */
class BuildLogs implements Disposable {
  private readonly order: PackOrder
  private readonly store: EventReader
  private readonly keys: KeyReader
  private readonly index: LeafIndex
  private readonly opened: LogTiles[] = []

  constructor(order: PackOrder, store: EventReader, keys: KeyReader) {
    this.order = order
    this.store = store
    this.keys = keys
    this.index = new LeafIndex(order.sources.leafIndex)
  }

  log(workspace: string, head: PinnedHead): PackLog {
    const { sources, signingKeys, heads } = this.order
    const tiles = new LogTiles(join(sources.tiles, head.log))
    this.opened.push(tiles)
    return openPackLog(head, {
      workspace,
      store: this.store,
      keys: this.keys,
      tiles,
      index: this.index,
      signers: signingKeys.map(({ publicKey, privateKey }) => ({
        key: verifierKey(head.origin, publicKey),
        sign: signEd25519(createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' })),
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
  build: async (order: PackOrder): Promise<BuiltPack> => {
    const { sources, job, heads, masterKey, place } = order
    const store = await openSource(sources.events)
    const keys = openKeyStore({ file: sources.keys, masterKey: createSecretKey(masterKey), mode: 'read' })
    const trail = openAuditTrail({
      views: openSqliteReadModel({ file: sources.views, mode: 'read', cacheKib: 8_192 }),
      search: openSqliteReadModel({ file: sources.search, mode: 'read', cacheKib: 2_048 }),
    })
    using logs = new BuildLogs(order, store, keys)
    const file = new PackFile(place.file)
    const around = {
      store,
      keys,
      trail,
      log: logs.log(job.workspace, heads.workspace),
      systemLog: logs.log('system', heads.system),
      disclosures: new FieldDisclosures(keys, new Erasures(trail, job.workspace), job.withNames),
      folder: place.work,
      release: sources.release,
      verifier: existsSync(sources.verifier) ? readFileSync(sources.verifier) : null,
      progress: (share: number) => {
        // A busy build would notice late that its channel is closed.
        if (process.ppid !== server) process.exit(1)
        const message: BuildProgress = { pack: job.pack, share }
        port.postMessage(message)
      },
    }
    return { ...(await buildPack(job, around, file)), ...file.end() }
  },
})
