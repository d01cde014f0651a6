import { join } from 'node:path'
import { formatVerifierKey, parseNote, type VerifierKey, verifierKey } from '@annal/proof'
import { StoreCorrupt } from '../../event-store.ts'
import { LogHeads, logsWithHeads } from '../heads/head-store.ts'
import { type HeadSource, type KnownHead, readSignedHead } from '../heads/known-head.ts'
import type { PublishFolder } from '../heads/publish-folder.ts'

export interface KnownHeads {
  /** By the names of their logs. */
  readonly heads: ReadonlyMap<string, readonly KnownHead[]>
  /** Heads that nobody can judge, by the names of their logs: nothing may be signed there. */
  readonly problems: ReadonlyMap<string, string>
}

export interface WhereHeadsAre {
  /** `heads/` */
  readonly folder: string
  readonly publish: PublishFolder | null
  /** The log's own, of now and of before. */
  readonly introduced: readonly VerifierKey[]
  /** Of the keys that sign now. */
  readonly publicKeys: readonly Uint8Array[]
}

/** The newest signed head of each log, from the head store and from the publish folder. */
export async function findKnownHeads(where: WhereHeadsAre): Promise<KnownHeads> {
  const heads = new Map<string, KnownHead[]>()
  const problems = new Map<string, string>()
  for (const { log, note, foundIn } of newestNotes(where, problems)) {
    const read = await readSignedHead(note, keysFor(note, where))
    const problem = read.status === 'refused' ? read.reason : originProblem(log, read.head.origin)
    if (problem !== null) problems.set(log, `The newest head of ${log} (${foundIn}) can't be trusted: ${problem}.`)
    if (problem === null && read.status === 'read') heads.set(log, [...(heads.get(log) ?? []), { ...read.head, foundIn }])
  }
  return { heads, problems }
}

interface FoundNote {
  readonly log: string
  readonly note: string
  readonly foundIn: HeadSource
}

function newestNotes({ folder, publish }: WhereHeadsAre, problems: Map<string, string>): FoundNote[] {
  const kept = logsWithHeads(folder).map((log) => ({ log, note: keptNote(folder, log, problems), foundIn: 'head_store' as const }))
  const published = (publish?.logs() ?? []).map((log) => ({ log, note: publish?.newest(log), foundIn: 'publish_folder' as const }))
  return [...kept, ...published].flatMap(({ log, note, foundIn }) => (typeof note === 'string' ? [{ log, note, foundIn }] : []))
}

/** The other logs go on where the heads of one can't be read. */
function keptNote(folder: string, log: string, problems: Map<string, string>): string | undefined {
  try {
    return new LogHeads(join(folder, log)).newest()?.note
  } catch (error) {
    if (!(error instanceof StoreCorrupt)) throw error
    problems.set(log, `The heads of ${log} (head_store) can't be read: ${error.message}.`)
    return undefined
  }
}

/** The keys that sign now count too: the record may have lost their introduction. */
function keysFor(note: string, { introduced, publicKeys }: WhereHeadsAre): VerifierKey[] {
  const parsed = parseNote(Buffer.from(note))
  const origin = parsed.status === 'parsed' ? parsed.note.text.slice(0, parsed.note.text.indexOf('\n')) : ''
  const own = origin === '' ? [] : publicKeys.map((key) => verifierKey(origin, key))
  return [...new Map([...introduced, ...own].map((key) => [formatVerifierKey(key), key])).values()]
}

function originProblem(log: string, origin: string): string | null {
  return origin.replace(/\/simulated$/, '').endsWith(`/log/v1/${log}`) ? null : `it is of ${origin}`
}
