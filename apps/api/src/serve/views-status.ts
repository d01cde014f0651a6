import type { Position } from '@annal/ledger'

/** How far a view is behind the record, as its projector last said. */
export interface ViewStatus {
  readonly name: string
  readonly position: Position | null
  /** Events. */
  readonly behind: number
  readonly lagMilliseconds: number
  readonly rebuilding: boolean
}

export class ViewsStatus {
  private readonly views = new Map<string, ViewStatus>()

  report(status: ViewStatus): void {
    this.views.set(status.name, status)
  }

  all(): readonly ViewStatus[] {
    return [...this.views.values()]
  }
}
