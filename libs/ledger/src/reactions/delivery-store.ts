import type { SQLOutputValue } from 'node:sqlite'
import type { PrivateConnection, PrivateStatement, Row } from '../keys/private-database.ts'

export interface WebhookConfiguration {
  readonly workspace: string
  readonly id: string
  readonly url: string
  readonly state: 'enabled' | 'disabled' | 'removed'
  /** The event types that it gets; null: all. */
  readonly types: readonly string[] | null
  readonly keyId: string | null
  readonly configuredAt: string
}

/** A configured webhook and how it fares. */
export interface KnownWebhook extends WebhookConfiguration {
  /** Attempts that failed since the last that didn't. */
  readonly failures: number
  /** Nothing more is sent until it is configured anew or a delivery is replayed. */
  readonly paused: boolean
  readonly lastDelivery: string | null
}

/** An event that a webhook gets. `id` is derived from both. */
export interface NewDelivery {
  readonly id: string
  readonly workspace: string
  readonly webhook: string
  readonly stream: string
  readonly event: string
  readonly type: string
}

export const deliveryStates = ['waiting', 'retrying', 'delivered', 'given_up'] as const
export type DeliveryStateName = (typeof deliveryStates)[number]

export interface KnownDelivery extends NewDelivery {
  readonly seq: number
  readonly state: DeliveryStateName
  readonly attempts: number
  /** Milliseconds since 1970, as all times here. */
  readonly nextAt: number
  readonly endedAt: number | null
  readonly lastStatus: number | null
  readonly lastError: string | null
}

export interface DeliveryPage {
  readonly workspace: string
  readonly webhook: string | null
  readonly state: DeliveryStateName | null
  /** Newest first; those before this number. */
  readonly before: number | null
  readonly limit: number
}

/** What an attempt came to. `retryAt` null: it was the last one. */
export type AttemptOutcome =
  | { readonly status: 'delivered'; readonly at: number; readonly httpStatus: number }
  | {
      readonly status: 'failed'
      readonly at: number
      readonly httpStatus: number | null
      readonly error: string
      readonly retryAt: number | null
    }

const MOST_COUNTED = 10_000
const COLUMNS = 'seq, id, workspace, webhook, stream, event, type, state, attempts, next_at, ended_at, last_status, last_error'

/** Webhooks and what is owed to them, in the file of the reactions: an event is queued with the cursor that passes it. */
export class DeliveryStore {
  readonly #db: PrivateConnection
  readonly #configure: PrivateStatement
  readonly #drop: PrivateStatement
  readonly #add: PrivateStatement
  readonly #webhooks: PrivateStatement
  readonly #undelivered: PrivateStatement
  readonly #first: PrivateStatement
  readonly #byId: PrivateStatement
  readonly #succeed: PrivateStatement
  readonly #fail: PrivateStatement
  readonly #healthy: PrivateStatement
  readonly #failing: PrivateStatement
  readonly #replay: PrivateStatement
  readonly #standing: PrivateStatement
  readonly #resume: PrivateStatement
  readonly #forget: PrivateStatement
  readonly #owed: PrivateStatement

  constructor(db: PrivateConnection) {
    this.#db = db
    this.#configure = db.prepare(
      `INSERT INTO webhook (workspace, id, url, state, types, key_id, configured_at) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET url = excluded.url, state = excluded.state, types = excluded.types, key_id = excluded.key_id,
         configured_at = excluded.configured_at, failures = 0, paused = 0`,
    )
    this.#drop = db.prepare(
      `UPDATE delivery SET state = 3, ended_at = ?, last_error = 'The webhook was removed.' WHERE workspace = ? AND webhook = ? AND state < 2`,
    )
    this.#add = db.prepare(
      'INSERT INTO delivery (id, workspace, webhook, stream, event, type) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    )
    this.#webhooks = db.prepare('SELECT * FROM webhook ORDER BY workspace, id')
    this.#undelivered = db.prepare(
      `SELECT count(*) AS n FROM (SELECT 1 FROM delivery WHERE workspace = ? AND webhook = ? AND state < 2 LIMIT ${MOST_COUNTED})`,
    )
    this.#first = db.prepare(`SELECT ${COLUMNS} FROM delivery WHERE workspace = ? AND webhook = ? AND state < 2 ORDER BY seq LIMIT 1`)
    this.#byId = db.prepare(`SELECT ${COLUMNS} FROM delivery WHERE workspace = ? AND id = ?`)
    this.#succeed = db.prepare(
      'UPDATE delivery SET state = 2, attempts = attempts + 1, ended_at = ?, last_status = ?, last_error = NULL WHERE seq = ?',
    )
    this.#fail = db.prepare(
      'UPDATE delivery SET state = ?, attempts = attempts + 1, next_at = ?, ended_at = ?, last_status = ?, last_error = ? WHERE seq = ? AND state < 2',
    )
    this.#healthy = db.prepare('UPDATE webhook SET failures = 0, paused = 0, last_delivery = ? WHERE workspace = ? AND id = ?')
    this.#failing = db.prepare('UPDATE webhook SET failures = failures + 1, paused = max(paused, ?) WHERE workspace = ? AND id = ?')
    this.#replay = db.prepare(
      'UPDATE delivery SET state = 0, attempts = 0, next_at = 0, ended_at = NULL, last_error = NULL WHERE workspace = ? AND id = ?',
    )
    this.#standing = db.prepare(`SELECT 1 FROM webhook WHERE workspace = ? AND id = ? AND state <> 'removed'`)
    this.#resume = db.prepare('UPDATE webhook SET failures = 0, paused = 0 WHERE workspace = ? AND id = ?')
    this.#forget = db.prepare(
      'DELETE FROM delivery WHERE seq IN (SELECT seq FROM delivery WHERE state = 2 AND ended_at < ? ORDER BY ended_at LIMIT ?)',
    )
    this.#owed = db.prepare(`SELECT count(*) AS n FROM (SELECT 1 FROM delivery WHERE state < 2 LIMIT ${MOST_COUNTED})`)
  }

  /** Within a transaction. What a removed webhook is still owed is given up. */
  configureInTransaction({ workspace, id, url, state, types, keyId, configuredAt }: WebhookConfiguration): void {
    this.#configure.run(workspace, id, url, state, types === null ? null : JSON.stringify(types), keyId, configuredAt)
    if (state === 'removed') this.#drop.run(Date.parse(configuredAt), workspace, id)
  }

  /** Within a transaction. Nothing happens if it is queued already. */
  addInTransaction({ id, workspace, webhook, stream, event, type }: NewDelivery): void {
    this.#add.run(id, workspace, webhook, stream, event, type)
  }

  /** Within a transaction. */
  dropInTransaction(seq: number): void {
    this.#db.prepare('DELETE FROM delivery WHERE seq = ?').run(seq)
  }

  /** What is owed to any webhook, the oldest first; those behind this number. */
  allOwed(after: number, limit: number): KnownDelivery[] {
    return this.#db
      .prepare(`SELECT ${COLUMNS} FROM delivery WHERE state < 2 AND seq > ? ORDER BY seq LIMIT ?`)
      .all(after, limit)
      .map(deliveryOf)
  }

  /** All of all workspaces, removed ones included. */
  webhooks(): KnownWebhook[] {
    return this.#webhooks.all().map(webhookOf)
  }

  /** How many a webhook is owed; counting stops at 10,000. */
  undelivered(workspace: string, webhook: string): number {
    return Number(this.#undelivered.get(workspace, webhook)?.n)
  }

  /** The oldest that the webhook is owed: what comes after it waits for it. */
  firstOwed(workspace: string, webhook: string): KnownDelivery | null {
    const row = this.#first.get(workspace, webhook)
    return row === undefined ? null : deliveryOf(row)
  }

  /** How many are owed in all; counting stops at 10,000. */
  owed(): number {
    return Number(this.#owed.get()?.n)
  }

  delivery(workspace: string, id: string): KnownDelivery | null {
    const row = this.#byId.get(workspace, id)
    return row === undefined ? null : deliveryOf(row)
  }

  page({ workspace, webhook, state, before, limit }: DeliveryPage): KnownDelivery[] {
    const conditions = ['workspace = ?', 'seq < ?']
    const values: (string | number)[] = [workspace, before ?? Number.MAX_SAFE_INTEGER]
    if (webhook !== null) conditions.push('webhook = ?')
    if (webhook !== null) values.push(webhook)
    if (state !== null) conditions.push('state = ?')
    if (state !== null) values.push(deliveryStates.indexOf(state))
    const sql = `SELECT ${COLUMNS} FROM delivery WHERE ${conditions.join(' AND ')} ORDER BY seq DESC LIMIT ?`
    return this.#db
      .prepare(sql)
      .all(...values, limit)
      .map(deliveryOf)
  }

  /** What became of an attempt. A delivery that is given up pauses its webhook. */
  settle({ seq, workspace, webhook }: KnownDelivery, outcome: AttemptOutcome): void {
    this.#db.transaction(() => {
      switch (outcome.status) {
        case 'delivered':
          this.#succeed.run(outcome.at, outcome.httpStatus, seq)
          this.#healthy.run(new Date(outcome.at).toISOString(), workspace, webhook)
          break
        case 'failed': {
          const { at, httpStatus, error, retryAt } = outcome
          this.#fail.run(retryAt === null ? 3 : 1, retryAt ?? 0, retryAt === null ? at : null, httpStatus, error, seq)
          this.#failing.run(retryAt === null ? 1 : 0, workspace, webhook)
          break
        }
      }
    })
  }

  /** Queues it anew, at its old place, and resumes its webhook. Null: there is none, or its webhook was removed. */
  replay(workspace: string, id: string): KnownDelivery | null {
    return this.#db.transaction(() => {
      const known = this.delivery(workspace, id)
      if (known === null || this.#standing.get(workspace, known.webhook) === undefined) return null
      this.#replay.run(workspace, id)
      this.#resume.run(workspace, known.webhook)
      return this.delivery(workspace, id)
    })
  }

  /** Deliveries that ended well before this instant, at most so many. */
  forgetDelivered(before: number, limit: number): void {
    this.#forget.run(before, limit)
  }
}

function webhookOf(row: Row): KnownWebhook {
  return {
    workspace: String(row.workspace),
    id: String(row.id),
    url: String(row.url),
    state: row.state as KnownWebhook['state'],
    types: typeof row.types === 'string' ? JSON.parse(row.types) : null,
    keyId: textOrNull(row.key_id),
    configuredAt: String(row.configured_at),
    failures: Number(row.failures),
    paused: row.paused === 1,
    lastDelivery: textOrNull(row.last_delivery),
  }
}

function deliveryOf(row: Row): KnownDelivery {
  const state = deliveryStates[Number(row.state)]
  if (state === undefined) throw new Error(`expected the state of a delivery, found ${row.state}`)
  return {
    seq: Number(row.seq),
    id: String(row.id),
    workspace: String(row.workspace),
    webhook: String(row.webhook),
    stream: String(row.stream),
    event: String(row.event),
    type: String(row.type),
    state,
    attempts: Number(row.attempts),
    nextAt: Number(row.next_at),
    endedAt: numberOrNull(row.ended_at),
    lastStatus: numberOrNull(row.last_status),
    lastError: textOrNull(row.last_error),
  }
}

function numberOrNull(value: SQLOutputValue | undefined): number | null {
  return value === null || value === undefined ? null : Number(value)
}

function textOrNull(value: SQLOutputValue | undefined): string | null {
  return typeof value === 'string' ? value : null
}
