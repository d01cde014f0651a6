import type { AttemptOutcome, DeliveryStore, EventReader, KeyReader, KnownDelivery, KnownWebhook } from '@annal/ledger'
import type { Reach } from './addresses.ts'
import { deliveryBody } from './delivery-body.ts'
import { type PostOutcome, post } from './post.ts'
import { pauseAfter, type RetrySchedule } from './retry-schedule.ts'
import { signedHeaders } from './signature.ts'

export interface SenderSurroundings {
  readonly deliveries: DeliveryStore
  readonly events: Pick<EventReader, 'findEvent'>
  readonly keys: KeyReader
  readonly reach: Reach
  readonly schedule: RetrySchedule
  /** How long, in ms, a receiver may take. */
  readonly patience: number
  readonly signal: AbortSignal
  /** Called when something changed. */
  readonly changed: () => void
  /** A fault of ours: nothing was sent. */
  readonly failed: (error: unknown) => void
}

const AT_ONCE = 8
const LONGEST_SLEEP = 60_000
/** Delivered ones are kept so long, in ms, and forgotten so many at a time. */
const KEPT = 30 * 24 * 60 * 60 * 1000
const FORGOTTEN_AT_ONCE = 1_000
const FAULT_PAUSE = 10_000

/**
 * Sends what webhooks are owed: to each one after the other, in the record's order, and to no one later because another is slow. Attempts
 * go by the machine's clock, signatures are made at each.
 */
export class Sender {
  private readonly underWay = new Set<string>()
  private timer: NodeJS.Timeout | null = null
  private readonly attempts = new Set<Promise<void>>()

  private readonly around: SenderSurroundings

  constructor(around: SenderSurroundings) {
    this.around = around
  }

  /** Looks for what is due, now and then by itself. */
  wake(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    if (this.around.signal.aborted) return
    const next = this.start()
    this.timer = setTimeout(() => this.wake(), Math.min(LONGEST_SLEEP, Math.max(10, next - Date.now())))
  }

  /** Waits for what is under way. */
  async stopped(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer)
    await Promise.all(this.attempts)
  }

  /** Starts what is due; gives when the next one is. */
  private start(): number {
    const { deliveries } = this.around
    let next = Number.POSITIVE_INFINITY
    deliveries.forgetDelivered(Date.now() - KEPT, FORGOTTEN_AT_ONCE)
    for (const webhook of deliveries.webhooks()) {
      const name = `${webhook.workspace} ${webhook.id}`
      if (webhook.state !== 'enabled' || webhook.paused || this.underWay.has(name)) continue
      const first = deliveries.firstOwed(webhook.workspace, webhook.id)
      if (first === null) continue
      if (first.nextAt > Date.now()) next = Math.min(next, first.nextAt)
      else if (this.underWay.size < AT_ONCE) this.send(name, webhook, first)
    }
    return next
  }

  private send(name: string, webhook: KnownWebhook, delivery: KnownDelivery): void {
    this.underWay.add(name)
    const attempt = this.attempt(webhook, delivery)
      .then(() => this.release(name, 0))
      .catch((error: unknown) => {
        this.around.failed(error)
        this.release(name, FAULT_PAUSE)
      })
    this.attempts.add(attempt)
    void attempt.finally(() => this.attempts.delete(attempt))
  }

  /** After a fault of ours its webhook waits. */
  private release(name: string, pause: number): void {
    const free = () => {
      this.underWay.delete(name)
      this.wake()
    }
    if (pause === 0) free()
    else setTimeout(free, pause).unref()
  }

  private async attempt(webhook: KnownWebhook, delivery: KnownDelivery): Promise<void> {
    const { deliveries, signal, changed } = this.around
    const outcome = await this.outcome(webhook, delivery)
    // What was cut short by our own end was no attempt: the receiver may get it once more.
    if (signal.aborted && outcome.status === 'failed') return
    deliveries.settle(delivery, outcome)
    changed()
  }

  private async outcome(webhook: KnownWebhook, delivery: KnownDelivery): Promise<AttemptOutcome> {
    const { events, keys, reach, patience, signal } = this.around
    const key = webhook.keyId === null ? null : keys.webhookKey(webhook.workspace, webhook.id, webhook.keyId)
    if (key === null) return this.failure(delivery, { status: 'failed', error: 'Its signing key is gone: configure it anew.' })
    const event = await events.findEvent(delivery.stream, delivery.event)
    if (event === null) throw new Error(`expected the event ${delivery.event} in ${delivery.stream}, found none`)
    const body = deliveryBody(event)
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Annal-Webhooks/1',
      ...signedHeaders(key, { id: delivery.id, at: Date.now(), body }),
    }
    const answer = await post({ url: webhook.url, headers, body }, { reach, patience, signal })
    if (answer.status === 'answered' && answer.httpStatus >= 200 && answer.httpStatus < 300)
      return { status: 'delivered', at: Date.now(), httpStatus: answer.httpStatus }
    return this.failure(delivery, answer)
  }

  /** 410 says that nobody wants it any more. */
  private failure({ attempts }: KnownDelivery, answer: PostOutcome): AttemptOutcome {
    const at = Date.now()
    const answered = answer.status === 'answered'
    const asked = answered ? answer.retryAfter : null
    const isGone = answered && answer.httpStatus === 410
    const pause = isGone ? null : pauseAfter(attempts + 1, this.around.schedule, { random: Math.random(), asked })
    return {
      status: 'failed',
      at,
      httpStatus: answered ? answer.httpStatus : null,
      error: answered ? `The receiver answered ${answer.httpStatus}.` : answer.error,
      retryAt: pause === null ? null : at + pause,
    }
  }
}
