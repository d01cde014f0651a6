import { type EventReader, NO_STREAM, type Position, type RecordedEvent } from '@annal/ledger'
import { type EventEnvelope, parseEventBytes } from '@annal/proof'
import type { Directory } from './directory.ts'
import { accessOf, SYSTEM } from './record-access.ts'

const SLICE = 200

/** Keeps a directory at the end of the streams it is folded from, whichever process recorded them: all at the start, then what came behind. */
export class DirectoryReader {
  private readonly versions = new Map<string, number>()
  private refreshing: Promise<void> = Promise.resolve()

  constructor(
    private readonly store: EventReader,
    private readonly directory: Directory,
  ) {}

  /** Looks through the whole record for workspaces. Of later ones `readWorkspace` must be told. */
  async readWorkspaces(): Promise<void> {
    let after: Position | null = null
    for (;;) {
      const slice: RecordedEvent[] = await this.store.readAll({ after, limit: SLICE, streamPrefix: `${SYSTEM}.workspace-` })
      for (const recorded of slice) this.directory.apply(envelopeOf(recorded))
      if (slice.length < SLICE) return
      after = slice.at(-1)?.position ?? null
    }
  }

  /** One workspace that was opened since, and who may do what in it. */
  readWorkspace(id: string): Promise<void> {
    return this.enqueue(async () => {
      await this.readStream(`${SYSTEM}.workspace-${id}`)
      await this.readAccess()
    })
  }

  /** Reads who may do what, up to now. Calls that overlap read one after the other. */
  refresh(): Promise<void> {
    return this.enqueue(() => this.readAccess())
  }

  private enqueue(readOn: () => Promise<void>): Promise<void> {
    this.refreshing = this.refreshing.then(readOn, readOn)
    return this.refreshing
  }

  private async readAccess(): Promise<void> {
    for (const { id } of this.directory.allWorkspaces()) await this.readStream(accessOf(id))
  }

  private async readStream(stream: string): Promise<void> {
    for (;;) {
      const from = (this.versions.get(stream) ?? NO_STREAM) + 1
      const slice = await this.store.readStream(stream, { from, direction: 'forwards', limit: SLICE })
      for (const recorded of slice) {
        this.directory.apply(envelopeOf(recorded))
        this.versions.set(stream, recorded.streamVersion)
      }
      if (slice.length < SLICE) return
    }
  }
}

function envelopeOf({ stream, bytes }: RecordedEvent): EventEnvelope {
  const parsed = parseEventBytes(bytes)
  if (parsed.status === 'refused') throw new Error(`expected an event in ${stream}, found ${parsed.reason}`)
  return parsed.envelope
}
