import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { type Position, type RecordedEvent, StoreUnavailable } from '@annal/ledger'
import { type EventEnvelope, formatEventReference, parseEventBytes, parseEventReference } from '@annal/proof'
import { reportFault } from '../http/report-fault.ts'
import { TypedError } from '../http/typed-error.ts'
import { writeDurably } from '../packs/job-folder.ts'
import type { Destruction, KeptPacks } from '../packs/kept-packs.ts'
import type { Visibility } from '../trail/visibility.ts'
import type { Purge } from '../workers/purge-text-of.ts'
import { DESTRUCTIONS, type DestructionSurroundings, destroyKeys } from './destroy-keys.ts'

export interface ErasureSurroundings extends DestructionSurroundings {
  /** `erasures.json`: up to where every recorded erasure is carried out. It is in no backup: a restore replays them all. */
  readonly cursor: string
  readonly packs: Pick<KeptPacks, 'withdraw'>
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
 * Carries out what is recorded: an erasure is an event first, then keys are destroyed, then packs that open what is gone
 * are removed, then the text search forgets. Whatever a crash cuts
 * short is done again at the next start, before anything is served.
 */
export class Erasures {
  private readonly pending: RecordedEvent[] = []
  private readonly purging = new Set<Promise<void>>()
  private readonly late = new Set<string>()
  private readonly ended = Promise.withResolvers<void>()
  private closed = false

  constructor(private readonly around: ErasureSurroundings) {}

  /** Destroys the keys of everything that is recorded behind the cursor, and removes the packs that open it. */
  async replay(): Promise<void> {
    for (let after = this.cursor(); ; ) {
      const page = await this.around.store.readAll({ after, limit: PAGE, types: DESTRUCTIONS })
      for (const event of page.filter(isDestruction)) {
        await this.destroyPatiently(event)
        this.pending.push(event)
      }
      const last = page.at(-1)
      if (last === undefined) break
      after = last.position
    }
    if (this.pending.length > 0) await this.around.packs.withdraw(this.pending.map(destructionOf))
  }

  /** Purges what `replay` found, when the views show it. Until it is through, the cursor stays in front of it. */
  purgeReplayed(purger: Purger): Promise<void> {
    return this.track(this.purgePending(purger))
  }

  /**
   * For an event of this process, right after it was recorded.
   * @throws TypedError NOT_YET_VISIBLE where the views are late: the keys are gone, and the text goes when the views show it.
   */
  async carryOut(event: RecordedEvent, purger: Purger): Promise<void> {
    await this.destroyPatiently(event)
    await this.around.packs.withdraw([destructionOf(event)])
    try {
      await purger.visibility.reached(event.position)
    } catch (error) {
      if (isLate(error)) this.purgeLater(event, purger)
      throw error
    }
    await purger.purge(purgeOf(event))
  }

  /** Waits for a purge that has begun. The others are done at the next start. */
  async close(): Promise<void> {
    this.ended.resolve()
    this.closed = true
    await Promise.allSettled(this.purging)
  }

  /** Once, however often it is asked for meanwhile. */
  private purgeLater(event: RecordedEvent, purger: Purger): void {
    if (this.late.has(event.id)) return
    this.late.add(event.id)
    this.track(this.purgePatiently(event, purger))
      .catch((error: unknown) => reportFault(error, 'erasures'))
      .finally(() => this.late.delete(event.id))
  }

  private track(purging: Promise<void>): Promise<void> {
    this.purging.add(purging)
    return purging.finally(() => this.purging.delete(purging))
  }

  private async purgePending(purger: Purger): Promise<void> {
    const head = await this.around.store.head()
    for (const event of this.pending.splice(0)) await this.purgePatiently(event, purger)
    if (head !== null && !this.closed) this.moveTo(head)
  }

  /** Until the views show the event, and with it all that was recorded before it. */
  private async purgePatiently(event: RecordedEvent, purger: Purger): Promise<void> {
    while (!this.closed) {
      try {
        await Promise.race([purger.visibility.reached(event.position), this.ended.promise])
      } catch (error) {
        if (isLate(error)) continue
        throw error
      }
      if (!this.closed) await purger.purge(purgeOf(event))
      return
    }
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

function isLate(error: unknown): boolean {
  return error instanceof TypedError && error.code === 'NOT_YET_VISIBLE'
}

function destructionOf(event: RecordedEvent): Destruction {
  return { of: purgeOf(event), at: envelopeOf(event).recordedAt, under: formatEventReference(event) }
}

function envelopeOf({ bytes, stream, id }: RecordedEvent): EventEnvelope {
  const parsed = parseEventBytes(bytes)
  if (parsed.status === 'refused') throw new Error(`expected an event in ${stream}/${id}, found ${parsed.reason}`)
  return parsed.envelope
}

function purgeOf(event: RecordedEvent): Purge {
  const { type, workspace, data } = envelopeOf(event)
  if (type === 'SubjectErased') return { workspace, subject: String(data.subject) }
  const references = type === 'FieldRedacted' ? [data.event] : Array.isArray(data.events) ? data.events : []
  return { workspace, events: references.flatMap((reference) => parseEventReference(String(reference)) ?? []) }
}
