import { comparePositions, type EventReader, type Position } from '@annal/ledger'
import type { ProjectionStatus } from '@annal/projections'
import { parseEventBytes } from '@annal/proof'
import { Visibility } from '../trail/visibility.ts'

/** How far a view is behind the record. */
export interface ViewStatus {
  readonly name: string
  readonly position: Position | null
  /** Events; counting stops at 1,000. */
  readonly behind: number
  /** The age of the oldest event that the view doesn't show. */
  readonly lagMilliseconds: number
  readonly rebuilding: boolean
}

/** Sent at each change of a view. */
export interface ViewReport {
  readonly view: ViewName
  readonly status: ProjectionStatus['status']
  /** Up to where the view shows the record, when that changed. */
  readonly position?: Position | null
  readonly reason?: string
}

interface Known {
  readonly position: Position | null
  readonly status: ViewReport['status'] | 'lost'
  readonly reason: string | null
}

const NAMES = ['audit-trail', 'audit-trail-text', 'registers'] as const

export type ViewName = (typeof NAMES)[number]
const MOST_COUNTED = 1_000

/** What the projector last said of its views. What all of them show is visible. */
export class ViewsStatus {
  rebuilding = false
  private readonly views = new Map<ViewName, Known>()
  private readonly shown: ReadonlyMap<ViewName, Visibility>
  private readonly started = Promise.withResolvers<void>()

  constructor(
    private readonly store: EventReader,
    private readonly visibility: Visibility,
    private readonly now: () => number,
    waits?: () => void,
  ) {
    this.shown = new Map(NAMES.map((name) => [name, new Visibility(waits)]))
  }

  /** Resolves when all views exist. */
  get ready(): Promise<void> {
    return this.started.promise
  }

  report({ view, status, position, reason }: ViewReport): void {
    this.views.set(view, { status, reason: reason ?? null, position: position ?? this.views.get(view)?.position ?? null })
    if (position !== undefined && position !== null) this.shown.get(view)?.advance(position)
    if (!NAMES.every((name) => this.views.has(name))) return
    this.started.resolve()
    const visible = this.shownByAll()
    if (visible !== null) this.visibility.advance(visible)
  }

  lost(names: readonly ViewName[], reason: string): void {
    for (const name of names) this.views.set(name, { position: this.views.get(name)?.position ?? null, status: 'lost', reason })
  }

  /** Waits until these views show everything up to `position`. @throws TypedError NOT_YET_VISIBLE after 5 s. */
  async reached(position: Position, names: readonly ViewName[]): Promise<void> {
    await Promise.all(names.map((name) => this.shown.get(name)?.reached(position)))
  }

  /** What keeps the views from following, or null. */
  problem(): string | null {
    for (const [name, { status, reason }] of this.views) if (status !== 'following') return `${name}: ${reason ?? status}`
    return null
  }

  measure(): Promise<ViewStatus[]> {
    return Promise.all([...this.views].map(([name, { position }]) => this.measureView(name, position)))
  }

  private async measureView(name: string, position: Position | null): Promise<ViewStatus> {
    const behind = await this.store.countAfter(position, MOST_COUNTED)
    const [oldest] = behind === 0 ? [] : await this.store.readAll({ after: position, limit: 1 })
    const parsed = oldest === undefined ? null : parseEventBytes(oldest.bytes)
    const since = parsed?.status === 'parsed' ? Date.parse(parsed.envelope.recordedAt) : this.now()
    return { name, position, behind, lagMilliseconds: Math.max(0, this.now() - since), rebuilding: this.rebuilding }
  }

  private shownByAll(): Position | null {
    const positions = [...this.views.values()].map(({ position }) => position)
    return positions.reduce((a, b) => (a === null || b === null ? null : comparePositions(a, b) < 0 ? a : b))
  }
}
