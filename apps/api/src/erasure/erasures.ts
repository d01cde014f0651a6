import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { type Position, type RecordedEvent, StoreUnavailable } from '@annal/ledger'
import { parseEventBytes, parseEventReference } from '@annal/proof'
import { writeDurably } from '../packs/job-folder.ts'
import type { Visibility } from '../trail/visibility.ts'
import type { Purge } from '../workers/purge-text-of.ts'
import { DESTRUCTIONS, type DestructionSurroundings, destroyKeys } from './destroy-keys.ts'

export interface ErasureSurroundings extends DestructionSurroundings {
  /** `erasures.json`: up to where every recorded erasure is carried out. It is in no backup: a restore replays them all. */
  readonly cursor: string
}

/** Where what can't be read any more is taken out of the views. */
export interface Purger {
  readonly visibility: Visibility
  purge(purge: Purge): Promise<void>
}

const PAGE = 1_000
const ATTEMPTS = 100
const BREATH = 50

/**
 * Carries out what is recorded: an erasure is an event first, then keys are destroyed, then the text search forgets. Whatever a crash cuts
 * short is done again at the next start, before anything is served.
 */
export class Erasures {
  private readonly pending: RecordedEvent[] = []

  constructor(private readonly around: ErasureSurroundings) {}

  /** Destroys the keys of everything that is recorded behind the cursor. */
  async replay(): Promise<void> {
    for (let after = this.cursor(); ; ) {
      const page = await this.around.store.readAll({ after, limit: PAGE, types: DESTRUCTIONS })
      for (const event of page) if (isDestruction(event)) await this.destroy(event)
      const last = page.at(-1)
      if (last === undefined) return
      after = last.position
    }
  }

  /** Purges what `replay` found. Until it is through, the cursor stays in front of it. */
  async purgeReplayed(purger: Purger): Promise<void> {
    const head = await this.around.store.head()
    for (const event of this.pending.splice(0)) await purgeAfter(event, purger)
    if (head !== null) this.moveTo(head)
  }

  /** For an event of this process, right after it was recorded. */
  async carryOut(event: RecordedEvent, purger: Purger): Promise<void> {
    await this.destroyPatiently(event)
    await purgeAfter(event, purger)
  }

  private async destroy(event: RecordedEvent): Promise<void> {
    await this.destroyPatiently(event)
    this.pending.push(event)
  }

  /** A reader may hold the key store's log for a moment: then what was destroyed still stands in it, and the call is repeated. */
  private async destroyPatiently(event: RecordedEvent): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await destroyKeys(event, this.around)
      } catch (error) {
        if (!(error instanceof StoreUnavailable) || attempt === ATTEMPTS) throw error
        await wait(BREATH)
      }
    }
  }

  private cursor(): Position | null {
    const { cursor } = this.around
    return existsSync(cursor) ? JSON.parse(readFileSync(cursor, 'utf8')).position : null
  }

  private moveTo(position: Position): void {
    writeDurably(this.around.cursor, JSON.stringify({ position }))
  }
}

function isDestruction({ type }: RecordedEvent): boolean {
  return DESTRUCTIONS.some((known) => known === type)
}

/** Waits until the views show the event, and with it all that was recorded before it. */
async function purgeAfter(event: RecordedEvent, { visibility, purge }: Purger): Promise<void> {
  await visibility.reached(event.position)
  await purge(purgeOf(event))
}

function purgeOf({ bytes, stream, id }: RecordedEvent): Purge {
  const parsed = parseEventBytes(bytes)
  if (parsed.status === 'refused') throw new Error(`expected an event in ${stream}/${id}, found ${parsed.reason}`)
  const { type, workspace, data } = parsed.envelope
  if (type === 'SubjectErased') return { workspace, subject: String(data.subject) }
  const references = type === 'FieldRedacted' ? [data.event] : Array.isArray(data.events) ? data.events : []
  return { workspace, events: references.flatMap((reference) => parseEventReference(String(reference))?.id ?? []) }
}
