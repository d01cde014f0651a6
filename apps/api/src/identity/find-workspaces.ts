import type { Position } from '@annal/ledger'
import { asPosition } from '../trail/position.ts'
import type { TrailReader } from '../trail/trail-reader.ts'
import type { DirectoryReader } from './read-directory.ts'
import { SYSTEM } from './record-access.ts'

const PAGE = 100

/** Finds the workspaces that other processes opened, in the trail: a store can't be asked for new streams. */
export class WorkspaceFinder {
  private last: Position | null = null

  constructor(
    private readonly trail: TrailReader,
    private readonly reader: DirectoryReader,
  ) {}

  async look(): Promise<void> {
    for (;;) {
      const { events, more } = await this.trail.page({
        workspace: SYSTEM,
        filter: { types: ['WorkspaceOpened'] },
        order: 'oldest-first',
        after: this.last,
        limit: PAGE,
      })
      for (const { stream, position } of events) {
        await this.reader.readWorkspace(stream.slice(`${SYSTEM}.workspace-`.length))
        this.last = asPosition(position)
      }
      if (!more) return
    }
  }
}
