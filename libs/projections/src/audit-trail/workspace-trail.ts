import { comparePositions, type Position, type RecordedEvent } from '@annal/ledger'
import type { Session, ViewTables } from '../read-model/read-model.ts'
import { liveGeneration } from '../runner/view-registry.ts'
import { type NumberRange, numberOf } from '../term-index/chunk-layout.ts'
import type { WorkspaceIndex } from '../term-index/search-index.ts'
import type { Order } from '../term-index/search-windows.ts'
import { openChunkOf, type TermIndex } from '../term-index/term-index.ts'
import type { WorkspaceTables } from './number-events.ts'
import { type TextTables, textView } from './text-tables.ts'
import { occurredSpan, termConditions, textConditions, waitingInText, waitingInTrail } from './trail-conditions.ts'
import type { EventFilter, TrailCount, TrailFilter, TrailPage, TrailPageRequest, VisiblePrefix } from './trail-query.ts'
import { firstReaching, positionOfNumber, readEvents } from './trail-rows.ts'
import { type TrailQuestion, TrailSearch } from './trail-search.ts'
import { type TrailTables, trailView } from './trail-tables.ts'
import { idTerm } from './trail-terms.ts'

export interface TrailSnapshot {
  readonly trail: Session
  readonly text: Session
  readonly trailIndex: TermIndex
  readonly textIndex: TermIndex
}

/** The trail of one workspace as it stands within a transaction of each read model; null while nothing of it is visible. */
export async function workspaceTrail(
  { trail, text, trailIndex, textIndex }: TrailSnapshot,
  workspace: string,
): Promise<WorkspaceTrail | null> {
  const live = await liveGeneration(trail, trailView.name)
  if (!live) return null
  const tables = trail.tables<TrailTables>(trailView, live.generation)
  const own = await stateOf(tables, workspace)
  if (!own) return null
  const part: WorkspaceIndex = {
    tables,
    index: trailIndex,
    openChunk: openChunkOf(own.number, own.events, trailIndex),
    waiting: (conditions, numbers) => waitingInTrail(tables, conditions, numbers),
  }
  return new WorkspaceTrail(tables, own, new TrailSearch(tables, part, await textOf(text, textIndex, workspace)))
}

async function textOf(session: Session, index: TermIndex, workspace: string): Promise<WorkspaceIndex | null> {
  const live = await liveGeneration(session, textView.name)
  if (!live) return null
  const tables = session.tables<TextTables>(textView, live.generation)
  const own = await stateOf(tables, workspace)
  if (!own) return null
  return {
    tables,
    index,
    openChunk: openChunkOf(own.number, own.events, index),
    waiting: (conditions, numbers) => waitingInText(tables, conditions, numbers),
  }
}

type WorkspaceState = Pick<WorkspaceTables['workspace'], 'number' | 'events'>

function stateOf(tables: ViewTables<WorkspaceTables>, workspace: string): Promise<WorkspaceState | undefined> {
  return tables.query.selectFrom('workspace').select(['number', 'events']).where('name', '=', workspace).executeTakeFirst()
}

export class WorkspaceTrail {
  readonly #tables: ViewTables<TrailTables>
  readonly #all: NumberRange
  readonly #search: TrailSearch

  constructor(tables: ViewTables<TrailTables>, { number, events }: WorkspaceState, search: TrailSearch) {
    this.#tables = tables
    this.#all = { from: numberOf(number, 0), to: numberOf(number, events) - 1 }
    this.#search = search
  }

  async page({ filter, order, after, limit }: Omit<TrailPageRequest, 'workspace'>): Promise<TrailPage> {
    const question = await this.#question(filter)
    const numbers = after === null ? question.numbers : await this.#behind(question.numbers, after, order)
    const found = await this.#search.find({ ...question, numbers }, order, limit + 1)
    return { events: await readEvents(this.#tables, found.slice(0, limit)), more: found.length > limit }
  }

  async count(filter: TrailFilter, bound: number): Promise<TrailCount> {
    const count = await this.#search.count(await this.#question(filter), bound)
    return { value: Math.min(count, bound), exact: count <= bound }
  }

  async event(id: string, filter: EventFilter): Promise<RecordedEvent | null> {
    const terms = [{ match: 'any' as const, terms: [idTerm(id)] }, ...termConditions(filter)]
    const numbers = await this.#recorded(filter)
    const found = await this.#search.find({ terms, words: [], occurred: null, numbers }, 'oldest-first', 1)
    return (await readEvents(this.#tables, found))[0] ?? null
  }

  async recordedUpTo(instant: string): Promise<VisiblePrefix> {
    const last = Date.parse(instant)
    const end = await firstReaching(this.#tables, this.#all, ({ at }) => at > last)
    const events = end - this.#all.from
    return { events, position: events === 0 ? null : await positionOfNumber(this.#tables, end - 1), ended: end <= this.#all.to }
  }

  async #question(filter: TrailFilter): Promise<TrailQuestion> {
    return {
      terms: termConditions(filter),
      words: textConditions(filter),
      occurred: occurredSpan(filter),
      numbers: await this.#recorded(filter),
    }
  }

  async #recorded({ recordedFrom, recordedTo }: TrailFilter): Promise<NumberRange> {
    const first = (instant: string) => firstReaching(this.#tables, this.#all, ({ at }) => at >= Date.parse(instant))
    return {
      from: recordedFrom === undefined ? this.#all.from : await first(recordedFrom),
      to: recordedTo === undefined ? this.#all.to : (await first(recordedTo)) - 1,
    }
  }

  async #behind({ from, to }: NumberRange, after: Position, order: Order): Promise<NumberRange> {
    const first = (least: 0 | 1) => firstReaching(this.#tables, this.#all, ({ position }) => comparePositions(position, after) >= least)
    return order === 'newest-first' ? { from, to: Math.min(to, (await first(0)) - 1) } : { from: Math.max(from, await first(1)), to }
  }
}
