import { eventType, isCorrectable, summarise } from '@annal/domain'
import { readJson } from '@annal/proof'
import type { Selectable } from 'kysely'
import type { Cell, ViewTables } from '../read-model/read-model.ts'
import type { FactTables } from './fact-tables.ts'
import { keptTypes } from './kept-types.ts'
import { contentOf, type EventContent, partIn, type RegisterEvent, wordIn } from './register-event.ts'

/** An event of a kept type. */
export interface Fact {
  readonly workspace: string
  readonly thing: string
  readonly type: string
  readonly key: string
  readonly occurred: number
  readonly version: number
  readonly at: number
  readonly event: string
  readonly actor: string
  readonly content: EventContent
  readonly corrected: number | null
}

export function factOf({ content, ...row }: Omit<Selectable<FactTables['fact']>, 'position' | 'salt' | 'bytes'>): Fact {
  return { ...row, content: readJson(content) as EventContent }
}

const COLUMNS = [
  'workspace',
  'thing',
  'type',
  'key',
  'occurred',
  'version',
  'at',
  'event',
  'actor',
  'content',
  'corrected',
  'position',
  'salt',
  'bytes',
] as const

/** All but the stored bytes. */
export const FACT = ['workspace', 'thing', 'type', 'key', 'occurred', 'version', 'at', 'event', 'actor', 'content', 'corrected'] as const

/** Keeps what the batch adds and corrects; returns what may have changed, in the state before and after. */
export async function keepFacts(tables: ViewTables<FactTables>, events: readonly RegisterEvent[]): Promise<Fact[]> {
  const rows: Cell[][] = []
  const changed: Fact[] = []
  const corrections: RegisterEvent[] = []
  for (const event of events) {
    const { type } = event.recorded
    if (type === 'EventCorrected') corrections.push(event)
    else if (keptTypes[type] !== undefined) {
      const fact = newFact(event, type, contentOf(event.recorded))
      changed.push(fact)
      rows.push(rowOf(fact, event))
    }
  }
  if (rows.length > 0) await tables.insert('fact', COLUMNS, rows)
  for (const correction of corrections) changed.push(...(await correct(tables, correction)))
  return changed
}

function newFact({ workspace, thing, occurred, at, actor, recorded }: RegisterEvent, type: string, content: EventContent): Fact {
  const kept = keptTypes[type]
  const fields = (kept?.fields ?? []).filter((name) => content[name] !== undefined).map((name) => [name, content[name]])
  return {
    workspace,
    thing,
    type,
    key: kept?.key(content) ?? '',
    occurred,
    version: recorded.streamVersion,
    at,
    event: recorded.id,
    actor,
    content: { ...Object.fromEntries(fields), ...(kept?.summed && { summary: summarise(type, content) }) },
    corrected: null,
  }
}

function rowOf(fact: Fact, { recorded }: RegisterEvent): Cell[] {
  const { workspace, thing, type, key, occurred, version, at, event, actor, content, corrected } = fact
  const stored = keptTypes[type]?.told ? [recorded.position, recorded.salt, recorded.bytes] : [null, null, null]
  return [workspace, thing, type, key, occurred, version, at, event, actor, JSON.stringify(content), corrected, ...stored]
}

/** The last correction by stream version wins; it keeps the place of the event that it corrects. */
async function correct(tables: ViewTables<FactTables>, correction: RegisterEvent): Promise<Fact[]> {
  const { event, type, data } = correctionIn(contentOf(correction.recorded))
  const known = eventType(type)
  if (keptTypes[type] === undefined || known === undefined || !isCorrectable(known)) return []
  const { workspace, thing } = correction
  const [row] = await tables.lookUp('fact', FACT, { workspace, thing, type, event })
  if (!row) return []
  const before = factOf(row)
  const { occurred, version } = before
  const corrected = newFact(correction, type, data)
  const after = { ...before, key: corrected.key, content: corrected.content, corrected: correction.recorded.streamVersion }
  await tables.remove('fact', { workspace, thing, type, key: before.key, occurred, version })
  await tables.insert('fact', COLUMNS, [rowOf(after, correction)])
  return [before, after]
}

function correctionIn(content: EventContent): { event: string; type: string; data: EventContent } {
  const reference = wordIn(content, 'event') ?? ''
  return {
    event: reference.slice(reference.lastIndexOf('/') + 1),
    type: wordIn(content, 'type') ?? '',
    data: partIn(content, 'data'),
  }
}

/** The last one that occurred of a thing's type and key, or null. */
export async function lastFact(
  tables: ViewTables<FactTables>,
  { workspace, thing, type, key = '' }: Pick<Fact, 'workspace' | 'thing' | 'type'> & { readonly key?: string },
): Promise<Fact | null> {
  const [row] = await tables.lookUp('fact', FACT, { workspace, thing, type, key }, { by: ['occurred', 'version'], limit: 1 })
  return row ? factOf(row) : null
}

/** Whether `a` counts and not `b`, of two facts about the same matter. */
export function isLater(a: Fact, b: Fact | null): boolean {
  return b === null || a.occurred > b.occurred || (a.occurred === b.occurred && a.version > b.version)
}

/** The things of these facts, each once. */
export function thingsOf(facts: readonly Fact[], types: ReadonlySet<string>): Pick<Fact, 'workspace' | 'thing'>[] {
  const things = new Map<string, Pick<Fact, 'workspace' | 'thing'>>()
  for (const { workspace, thing, type } of facts) if (types.has(type)) things.set(`${workspace} ${thing}`, { workspace, thing })
  return [...things.values()]
}

/** `x` of `aisystem:x`. */
export const idOf = (thing: string): string => thing.slice(thing.indexOf(':') + 1)

/** All that is known of a thing, in the order of its stream. Meant for things of which there is little. */
export async function factsOf(tables: ViewTables<FactTables>, workspace: string, thing: string): Promise<Fact[]> {
  const rows = await tables.lookUp('fact', FACT, { workspace, thing })
  return rows.map(factOf).sort((a, b) => a.version - b.version)
}
