import type { Outbox } from '../outbox/outbox.ts'
import type { KeptEvent } from '../outbox/outbox-reader.ts'
import type { Refusal, RefusedFile } from '../refused-file.ts'
import { backOff, pause } from './back-off.ts'
import { type Obstacle, OVERHEAD, postEvents, type Receipt, type Target } from './post-events.ts'
import { type Settled, sortOutcomes } from './sort-outcomes.ts'

/** What Annal takes in one call: 1,000 events, 4 MiB. */
const MOST_EVENTS = 1_000
const MOST_BYTES = 4 * 1024 * 1024 - OVERHEAD - MOST_EVENTS

export interface SenderSurroundings {
  readonly outbox: Outbox
  readonly refused: RefusedFile
  readonly target: Target
  /** How long, in ms, to wait for more events before a batch is sent. */
  readonly linger: number
  readonly onSettled: (settled: Settled) => void
  /** The cursor has moved. */
  readonly onSettledOnDisk: () => void
  readonly onObstacle: (obstacle: Obstacle & { readonly retryIn: number }) => void
}

/** Hands over what is in the outbox, batch after batch in its order, until each event has a receipt or a refusal. */
export class Sender {
  readonly #around: SenderSurroundings
  readonly #stopping = new AbortController()
  readonly #ended: Promise<void>
  #failures = 0

  /** `onFailure`: the outbox can't be read or written any more; nothing is sent after it. */
  constructor(around: SenderSurroundings, onFailure: (error: unknown) => void) {
    this.#around = around
    this.#ended = this.#run().catch((error) => {
      if (!this.#stopping.signal.aborted) onFailure(error) // What a stop broke off is still in the outbox.
    })
  }

  /** Gives up what is under way: it stays in the outbox. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#ended
  }

  async #run(): Promise<void> {
    const { outbox, refused, onSettledOnDisk } = this.#around
    const { signal } = this.#stopping
    while (!signal.aborted) {
      const batch = await this.#nextBatch()
      const again = batch.filter((kept) => !refused.has(kept))
      if (!(await this.#deliver(again))) return
      await this.#durably(() => outbox.settle(batch))
      onSettledOnDisk()
    }
  }

  /** What waits, and what comes while it lingers, up to what one call may hold. */
  async #nextBatch(): Promise<KeptEvent[]> {
    const { outbox, linger } = this.#around
    const { signal } = this.#stopping
    const batch = await outbox.next({ events: MOST_EVENTS, bytes: MOST_BYTES }, signal)
    if (batch.length === 0 || batch.length === MOST_EVENTS || linger === 0) return batch
    await pause(linger, signal)
    const bytes = MOST_BYTES - batch.reduce((sum, kept) => sum + kept.bytes, 0)
    return [...batch, ...(await outbox.more({ events: MOST_EVENTS - batch.length, bytes }))]
  }

  /** False when it was stopped before everything was settled. */
  async #deliver(batch: readonly KeptEvent[]): Promise<boolean> {
    const { signal } = this.#stopping
    const parts: (readonly KeptEvent[])[] = batch.length === 0 ? [] : [batch]
    for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
      if (signal.aborted) return false
      parts.unshift(...(await this.#attempt(part)))
    }
    return true
  }

  /** Sends a part once. What has to be sent again comes back, in the parts in which it should be. */
  async #attempt(part: readonly KeptEvent[]): Promise<(readonly KeptEvent[])[]> {
    const attempt = await postEvents(part, this.#around.target, this.#stopping.signal)
    switch (attempt.status) {
      case 'answered':
        return this.#read(part, attempt.outcomes)
      case 'too-much':
        if (part.length > 1) return halves(part)
        await this.#settle(part.map((kept) => ({ kept, outcome: tooMuchAlone(kept, attempt) })))
        return []
      case 'later':
        await this.#wait(attempt.obstacle, attempt.after)
        return [part]
    }
  }

  async #read(part: readonly KeptEvent[], outcomes: readonly (Receipt | Refusal)[]): Promise<(readonly KeptEvent[])[]> {
    const { settled, siblings, tooMuch, later } = sortOutcomes(part, outcomes)
    await this.#settle(settled)
    if (settled.length === 0 && tooMuch.length === 0) await this.#wait({ kind: 'unavailable', message: said(outcomes) }, null)
    else this.#failures = 0
    return [siblings, ...halves(tooMuch), later].filter(({ length }) => length > 0)
  }

  /** A refused event is durable in its file before anybody hears of it. */
  async #settle(settled: readonly Settled[]): Promise<void> {
    const refused = settled.flatMap(({ kept, outcome }) => (outcome.status === 'refused' ? [{ kept, refusal: outcome }] : []))
    if (refused.length > 0) await this.#durably(() => this.#around.refused.append(refused, new Date().toISOString()))
    for (const one of settled) this.#around.onSettled(one)
  }

  /** A full disk heals; until then nothing more is sent. */
  async #durably(write: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await write()
      } catch (error) {
        if (this.#stopping.signal.aborted) throw error
        await this.#wait({ kind: 'outbox', message: String(error) }, null)
      }
    }
  }

  async #wait(obstacle: Obstacle, after: number | null): Promise<void> {
    this.#failures++
    const retryIn = Math.max(after ?? 0, backOff(this.#failures, Math.random))
    this.#around.onObstacle({ ...obstacle, retryIn })
    await pause(retryIn, this.#stopping.signal)
  }
}

function halves(events: readonly KeptEvent[]): (readonly KeptEvent[])[] {
  const middle = Math.ceil(events.length / 2)
  return [events.slice(0, middle), events.slice(middle)].filter(({ length }) => length > 0)
}

function tooMuchAlone({ envelope }: KeptEvent, { code, message }: { readonly code: string; readonly message: string }): Refusal {
  return { status: 'refused', id: String(JSON.parse(envelope).id), code: code || 'EVENT_TOO_LARGE', message, path: null }
}

function said(outcomes: readonly (Receipt | Refusal)[]): string {
  const refusal = outcomes.find((outcome) => outcome.status === 'refused')
  return refusal?.message ?? 'nothing was recorded'
}
