import type { Position } from '../event-store.ts'
import { openPrivateDatabase, type PrivateConnection, type PrivateStatement, type Row } from '../keys/private-database.ts'
import { DeliveryStore, type KnownDelivery, type NewDelivery, type WebhookConfiguration } from './delivery-store.ts'
import { REACTION_STORE_ID, reactionSchema } from './reaction-schema.ts'

/** A rule has effects on events behind `since` (null: on all), and on alarms that come due after `sinceAt`. */
export interface RuleStart {
  readonly rule: string
  readonly since: Position | null
  readonly sinceAt: string
}

export interface StateKey {
  readonly rule: string
  readonly workspace: string
  readonly thing: string
}

export interface ArmedAlarm extends StateKey {
  readonly name: string
  readonly due: string
}

/** What is written at once, after the follow-ups that belong to it were acknowledged. */
export interface ReactionProgress {
  /** Where the cursor goes; null: it stays. */
  readonly position: Position | null
  /** Values are JSON. */
  readonly states: readonly (StateKey & { readonly value: string })[]
  /** Alarms that were seen to; what is armed under the same name after that stays. */
  readonly settled: readonly ArmedAlarm[]
  readonly armed: readonly ArmedAlarm[]
  readonly webhooks: readonly WebhookConfiguration[]
  readonly deliveries: readonly NewDelivery[]
}

/**
 * How far reactions have come, what they remember, and the webhook deliveries that they owe: `reactions.db`, durable (FULL), backed up,
 * never rebuilt. One thread has it open.
 */
export class ReactionStore {
  readonly deliveries: DeliveryStore
  readonly #db: PrivateConnection
  readonly #cursor: PrivateStatement
  readonly #moveCursor: PrivateStatement
  readonly #rules: PrivateStatement
  readonly #startRule: PrivateStatement
  readonly #state: PrivateStatement
  readonly #statesOf: PrivateStatement
  readonly #putState: PrivateStatement
  readonly #due: PrivateStatement
  readonly #nextDue: PrivateStatement
  readonly #arm: PrivateStatement
  readonly #settle: PrivateStatement

  private constructor(db: PrivateConnection) {
    this.#db = db
    this.deliveries = new DeliveryStore(db)
    this.#cursor = db.prepare('SELECT position FROM cursor')
    this.#moveCursor = db.prepare('INSERT INTO cursor VALUES (1, ?) ON CONFLICT DO UPDATE SET position = excluded.position')
    this.#rules = db.prepare('SELECT rule, since, since_at FROM rule')
    this.#startRule = db.prepare('INSERT INTO rule VALUES (?, ?, ?)')
    this.#state = db.prepare('SELECT value FROM state WHERE rule = ? AND workspace = ? AND thing = ?')
    this.#statesOf = db.prepare('SELECT workspace, thing, value FROM state WHERE rule = ?')
    this.#putState = db.prepare('INSERT INTO state VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value')
    this.#due = db.prepare(
      'SELECT rule, workspace, thing, name, due FROM alarm WHERE due <= ? ORDER BY due, rule, workspace, thing, name LIMIT ?',
    )
    this.#nextDue = db.prepare('SELECT min(due) AS due FROM alarm')
    this.#arm = db.prepare('INSERT INTO alarm VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET due = excluded.due')
    this.#settle = db.prepare('DELETE FROM alarm WHERE rule = ? AND workspace = ? AND thing = ? AND name = ? AND due = ?')
  }

  /**
   * @param file `reactions.db` in the data folder; made when there is none.
   * @throws StoreVersionMismatch, StoreUnavailable
   */
  static open(file: string): ReactionStore {
    return new ReactionStore(
      openPrivateDatabase({ what: 'reaction store', file, applicationId: REACTION_STORE_ID, steps: reactionSchema }, 'write'),
    )
  }

  cursor(): Position | null {
    return (this.#cursor.get()?.position as Position | undefined) ?? null
  }

  rules(): RuleStart[] {
    return this.#rules
      .all()
      .map((row) => ({ rule: String(row.rule), since: (row.since as Position | null) ?? null, sinceAt: String(row.since_at) }))
  }

  startRule({ rule, since, sinceAt }: RuleStart): void {
    this.#startRule.run(rule, since, sinceAt)
  }

  /** What a rule that has not started yet had gathered, before it gathers anew. */
  forget(rule: string): void {
    this.#db.transaction(() => {
      this.#db.prepare('DELETE FROM state WHERE rule = ?').run(rule)
      this.#db.prepare('DELETE FROM alarm WHERE rule = ?').run(rule)
    })
  }

  /**
   * The record ends before the cursor. All is folded anew from its first event on, with effects behind `since` and for alarms that come
   * due after `at`; `lost` deliveries are of events that are no more. All of it or nothing; durable on return.
   */
  startOver({ since, at, lost }: { readonly since: Position | null; readonly at: string; readonly lost: readonly KnownDelivery[] }): void {
    this.#db.transaction(() => {
      for (const table of ['state', 'alarm', 'webhook', 'cursor']) this.#db.prepare(`DELETE FROM ${table}`).run()
      this.#db.prepare('UPDATE rule SET since = ?, since_at = ?').run(since, at)
      for (const { seq } of lost) this.deliveries.dropInTransaction(seq)
    })
  }

  /** JSON, or null. */
  state({ rule, workspace, thing }: StateKey): string | null {
    const row = this.#state.get(rule, workspace, thing)
    return row === undefined ? null : String(row.value)
  }

  /** All states of a rule that watches few things. */
  statesOf(rule: string): (StateKey & { readonly value: string })[] {
    return this.#statesOf
      .all(rule)
      .map((row) => ({ rule, workspace: String(row.workspace), thing: String(row.thing), value: String(row.value) }))
  }

  /** Those due at `until` or before, the earliest first. */
  alarmsDue(until: string, limit: number): ArmedAlarm[] {
    return this.#due.all(until, limit).map(alarmOf)
  }

  nextDue(): string | null {
    const due = this.#nextDue.get()?.due
    return typeof due === 'string' ? due : null
  }

  /** All of it or nothing; durable on return. */
  commit({ position, states, settled, armed, webhooks, deliveries }: ReactionProgress): void {
    this.#db.transaction(() => {
      for (const { rule, workspace, thing, value } of states) this.#putState.run(rule, workspace, thing, value)
      for (const { rule, workspace, thing, name, due } of settled) this.#settle.run(rule, workspace, thing, name, due)
      for (const { rule, workspace, thing, name, due } of armed) this.#arm.run(rule, workspace, thing, name, due)
      for (const webhook of webhooks) this.deliveries.configureInTransaction(webhook)
      for (const delivery of deliveries) this.deliveries.addInTransaction(delivery)
      if (position !== null) this.#moveCursor.run(position)
    })
  }

  close(): void {
    this.#db.close()
  }
}

function alarmOf(row: Row): ArmedAlarm {
  return {
    rule: String(row.rule),
    workspace: String(row.workspace),
    thing: String(row.thing),
    name: String(row.name),
    due: String(row.due),
  }
}
