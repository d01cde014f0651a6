import { dataSubjectOf } from '@annal/domain'
import { discloseFieldKeys, type KeyReader } from '@annal/ledger'
import type { PackContents, ReadLeaf } from '@annal/proof'
import { reportFault } from '../http/report-fault.ts'
import type { Purge } from '../workers/purge-text-of.ts'
import type { JobFolder, Withdrawal } from './job-folder.ts'
import { readPackFile } from './read-pack-file.ts'

/** An event under which keys were destroyed. */
export interface Destruction extends Withdrawal {
  readonly of: Purge
}

const SECTIONS = ['events', 'roles', 'names', 'break'] as const

/** Packs on this server's disk. A pack may lie there while the keys of all fields that it opens exist: nobody may read the others any more. */
export class KeptPacks {
  private destroyed = 0

  constructor(
    readonly folder: JobFolder,
    private readonly keys: KeyReader,
  ) {}

  /** How often keys were destroyed since the start: what is built while it grows may open what is gone. */
  get destructions(): number {
    return this.destroyed
  }

  /** Removes the packs that open something of what was destroyed, and jobs with what the event of their export said. Done again it removes what is left. */
  async withdraw(destructions: readonly Destruction[]): Promise<void> {
    this.destroyed++
    this.keys.noticeDestructions()
    for (const { of } of destructions) if ('events' in of) for (const { id } of of.events) this.folder.forget(`pack-${id}`)
    const destroyed = Map.groupBy(destructions, ({ of }) => of.workspace)
    for (const pack of this.folder.packs()) {
      const found = await this.found(pack, destroyed)
      if (found !== null) this.folder.withdraw(pack, found)
    }
  }

  /** Which destruction a pack must go for, or null. What lies here and is no pack is nothing of ours to remove. */
  private async found(pack: string, destroyed: ReadonlyMap<string, readonly Destruction[]>): Promise<Destruction | null> {
    try {
      return await readPackFile(this.folder.file(pack), (contents) =>
        foundIn(pack, contents, new Destroyed(destroyed.get(contents.manifest.workspace) ?? []), this.keys),
      )
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null
      if (code === 'ENOENT') return null
      if (code !== null) throw error
      reportFault(error, 'packs')
      return null
    }
  }
}

/**
 * The first field that a pack opens though its key is gone says for which destruction. Its documents say its purpose, which is a field of the
 * event of its export.
 */
async function foundIn(name: string, pack: PackContents, destroyed: Destroyed, keys: KeyReader): Promise<Destruction | null> {
  const own = destroyed.eventOf(name)
  if (own !== null) return own
  // Without names a pack opens no field of a data subject.
  if (destroyed.isNothing(pack.manifest.report?.withNames !== false)) return null
  for (const section of SECTIONS)
    for await (const { event } of pack.leaves(section)) {
      const found = event === null ? null : destroyed.openedBy(event, keys)
      if (found !== null) return found
    }
  return null
}

/** What was destroyed of one workspace, by data subject and by event. */
class Destroyed {
  private readonly subjects = new Map<string, Destruction>()
  private readonly events = new Map<string, Destruction>()

  constructor(destructions: readonly Destruction[]) {
    for (const one of destructions)
      if ('subject' in one.of) this.subjects.set(one.of.subject, one)
      else for (const { id } of one.of.events) this.events.set(id, one)
  }

  isNothing(withNames: boolean): boolean {
    return this.events.size === 0 && (this.subjects.size === 0 || !withNames)
  }

  /** Where it is the event that a pack is named after. */
  eventOf(pack: string): Destruction | null {
    return this.events.get(pack.slice('pack-'.length)) ?? null
  }

  openedBy({ envelope, keys: shown }: NonNullable<ReadLeaf['event']>, keys: KeyReader): Destruction | null {
    const opened = Object.keys(shown).filter((pointer) => typeof shown[pointer] === 'string')
    if (opened.length === 0) return null
    for (const { pointer, subject, key } of discloseFieldKeys(envelope, dataSubjectOf(envelope.type, envelope.data), keys)) {
      if (key !== null || !opened.includes(pointer)) continue
      const found = (subject === null ? undefined : this.subjects.get(subject)) ?? this.events.get(envelope.id)
      if (found !== undefined) return found
    }
    return null
  }
}
