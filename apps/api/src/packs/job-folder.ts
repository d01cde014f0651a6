import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { PinnedHeads } from './build/pinned-head.ts'
import type { BuiltPack, PackJob } from './pack-job.ts'

/** How far a job has come, durable. A pack that is exported has no job any more: its event says all. */
export type JobState =
  | { readonly status: 'asked' }
  /** The heads are chosen: built again, it gives the same bytes. */
  | { readonly status: 'pinned'; readonly heads: PinnedHeads }
  /** The file is complete; its event may not be recorded yet. */
  | { readonly status: 'built'; readonly built: BuiltPack }
  | { readonly status: 'failed'; readonly problem: string }

export interface KeptJob {
  readonly job: PackJob
  readonly state: JobState
}

/** Why the file of a pack is no longer here. */
export interface Withdrawal {
  /** `<stream>/<event id>` under which what it opens was erased. */
  readonly under: string
  readonly at: string
}

/** Where one build works, and the file that it writes. */
export interface BuildPlace {
  readonly work: string
  readonly file: string
}

const WORK = 'work'
const PACK = /^pack-[0-9a-f-]{36}$/

/** `packs/<pack>/`: the file, and the job while there is one. */
export class JobFolder {
  constructor(readonly folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  }

  /** Jobs that a stop or a crash left, and those that failed. */
  jobs(): KeptJob[] {
    return readdirSync(this.folder)
      .filter((pack) => PACK.test(pack) && existsSync(this.jobFile(pack)))
      .map((pack) => JSON.parse(readFileSync(this.jobFile(pack), 'utf8')))
  }

  /** Durable on return. */
  keep(kept: KeptJob): void {
    const { pack } = kept.job
    mkdirSync(join(this.folder, pack), { recursive: true, mode: 0o700 })
    writeDurably(this.jobFile(pack), JSON.stringify(kept))
  }

  /** The export is recorded. */
  forget(pack: string): void {
    rmSync(this.jobFile(pack), { force: true })
  }

  /** Where a build works and the file that it writes: another place at each attempt, what earlier ones left is gone. */
  place(pack: string): BuildPlace {
    this.clear(pack)
    mkdirSync(join(this.folder, pack), { recursive: true, mode: 0o700 })
    const work = mkdtempSync(join(this.folder, pack, WORK))
    return { work, file: join(work, 'pack.zip') }
  }

  /** The complete file takes its name, durable. */
  finish(pack: string, { file }: BuildPlace): void {
    renameSync(file, this.file(pack))
    this.clear(pack)
    syncFolder(join(this.folder, pack))
    syncFolder(this.folder)
  }

  /** What was half made is gone; the file that took its name, and the job, stay. */
  clear(pack: string): void {
    const folder = join(this.folder, pack)
    const left = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith(WORK)) : []
    for (const name of left) rmSync(join(folder, name), { recursive: true, force: true })
  }

  file(pack: string): string {
    return join(this.folder, pack, 'pack.zip')
  }

  /** In bytes, or null when there is no such file. */
  size(pack: string): number | null {
    return PACK.test(pack) ? (statSync(this.file(pack), { throwIfNoEntry: false })?.size ?? null) : null
  }

  /** Of which the file is here. */
  packs(): string[] {
    return readdirSync(this.folder).filter((pack) => this.size(pack) !== null)
  }

  /** The file goes, and why stays; durable on return. */
  withdraw(pack: string, { under, at }: Withdrawal): void {
    writeDurably(this.withdrawalFile(pack), JSON.stringify({ under, at }))
    rmSync(this.file(pack), { force: true })
    syncFolder(join(this.folder, pack))
  }

  /** Null where it wasn't withdrawn. */
  withdrawal(pack: string): Withdrawal | null {
    const file = this.withdrawalFile(pack)
    return PACK.test(pack) && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
  }

  private withdrawalFile(pack: string): string {
    return join(this.folder, pack, 'withdrawn.json')
  }

  private jobFile(pack: string): string {
    return join(this.folder, pack, 'job.json')
  }
}

/** The old content or the new one, whatever happens in between. */
export function writeDurably(path: string, text: string): void {
  const beside = `${path}.new`
  const file = openSync(beside, 'w', 0o600)
  writeFileSync(file, text)
  fsyncSync(file)
  closeSync(file)
  renameSync(beside, path)
  syncFolder(join(path, '..'))
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r')
  fsyncSync(folder)
  closeSync(folder)
}
