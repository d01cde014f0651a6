import { loadSigningKeys } from '@annal/ledger'
import { awaitViews } from '../packs/await-views.ts'
import { builtVerifier, release } from '../packs/built-release.ts'
import type { JobFolder } from '../packs/job-folder.ts'
import type { KeptPacks } from '../packs/kept-packs.ts'
import { PackDesk } from '../packs/pack-desk.ts'
import { PackQueue } from '../packs/pack-queue.ts'
import { pinHeads } from '../packs/pin-heads.ts'
import { buildInProcess, type PackFiles } from '../workers/pack-process.ts'
import type { ServerConfig } from './config.ts'
import type { IdentityRoom } from './identity-room.ts'
import type { LedgerRoom } from './open-ledger-room.ts'
import type { ReadingRoom } from './reading-room.ts'
import type { SealingRoom } from './sealing-room.ts'

/** Where packs are made and kept. */
export interface PackingRoom {
  readonly desk: PackDesk
  readonly folder: JobFolder
  close(): Promise<void>
}

interface Rooms {
  readonly config: ServerConfig
  readonly room: LedgerRoom
  readonly identity: IdentityRoom
  readonly reading: ReadingRoom
  readonly sealing: SealingRoom
  readonly packs: KeptPacks
}

export function openPackingRoom({ config, room, identity, reading, sealing, packs }: Rooms): PackingRoom {
  const { files, masterKey, source, store, keys, ledger, clock } = room
  const { board, sealer } = sealing
  const { folder } = packs
  const packFiles: PackFiles = {
    events: source,
    keys: files.keys,
    masterKey,
    views: files.views,
    search: files.search,
    tiles: files.tiles,
    leafIndex: files.log,
    verifier: builtVerifier,
    release,
  }
  const queue = new PackQueue(
    folder,
    {
      pin: ({ workspace }) => pinHeads(workspace, { board, sealer, store, heads: files.heads, witnesses: config.witnesses }),
      build: async (job, heads, { place, progress }) => {
        await awaitViews(await store.head(), reading.visibility)
        return buildInProcess(packFiles, { job, heads, signingKeys: loadSigningKeys(config.signingKeyFile), place }, progress)
      },
      destructions: () => packs.destructions,
    },
    ledger,
  )
  const desk = new PackDesk({
    store,
    keys,
    ledger,
    trail: reading.trail,
    directory: identity.directory,
    folder,
    queue,
    treeSize: (workspace) => board.of(workspace)?.head?.size ?? null,
    now: clock.instant,
  })
  return { desk, folder, close: () => queue.close() }
}
