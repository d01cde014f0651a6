import type { KeyCells } from './key-cells.ts'
import type { PrivateConnection, PrivateStatement, Row } from './private-database.ts'
import type { KeyName } from './wrapping.ts'

/** A field whose key is kept. `subject`: whose erasure destroys it. */
interface KeptField {
  readonly workspace: string
  readonly stream: string
  readonly event: string
  readonly pointer: string
  readonly subject: string | null
}

/**
 * Keys that outlived the one they came from: event keys whose block key was destroyed, field keys whose event key was. All writing
 * is within a transaction.
 */
export class KeptKeys {
  readonly #cells: KeyCells
  readonly #event: PrivateStatement
  readonly #field: PrivateStatement
  readonly #insertEvent: PrivateStatement
  readonly #insertField: PrivateStatement
  readonly #deleteEvent: PrivateStatement
  readonly #deleteField: PrivateStatement
  readonly #deleteFieldsOfEvent: PrivateStatement
  readonly #deleteFieldsOfSubject: PrivateStatement

  constructor(db: PrivateConnection, cells: KeyCells) {
    this.#cells = cells
    this.#event = db.prepare('SELECT wrapped FROM kept_event_key JOIN cell ON id = cell WHERE stream = ? AND event = ?')
    this.#field = db.prepare('SELECT wrapped FROM kept_field_key JOIN cell ON id = cell WHERE stream = ? AND event = ? AND pointer = ?')
    this.#insertEvent = db.prepare('INSERT INTO kept_event_key (stream, event, cell) VALUES (?, ?, ?)')
    this.#insertField = db.prepare(
      'INSERT INTO kept_field_key (stream, event, pointer, workspace, subject, cell) VALUES (?, ?, ?, ?, ?, ?)',
    )
    this.#deleteEvent = db.prepare('DELETE FROM kept_event_key WHERE stream = ? AND event = ? RETURNING cell')
    this.#deleteField = db.prepare('DELETE FROM kept_field_key WHERE stream = ? AND event = ? AND pointer = ? RETURNING cell')
    this.#deleteFieldsOfEvent = db.prepare('DELETE FROM kept_field_key WHERE stream = ? AND event = ? RETURNING cell')
    this.#deleteFieldsOfSubject = db.prepare('DELETE FROM kept_field_key WHERE workspace = ? AND subject = ? RETURNING cell')
  }

  eventKey(stream: string, event: string): Uint8Array | null {
    const row = this.#event.get(stream, event)
    return row === undefined ? null : this.#cells.open(eventName(stream, event), row.wrapped)
  }

  fieldKey(stream: string, event: string, pointer: string): Uint8Array | null {
    const row = this.#field.get(stream, event, pointer)
    return row === undefined ? null : this.#cells.open(fieldName(stream, event, pointer), row.wrapped)
  }

  keepEvent(stream: string, event: string, key: Uint8Array): void {
    if (this.#event.get(stream, event) !== undefined) return
    this.#insertEvent.run(stream, event, this.#cells.add(eventName(stream, event), key))
  }

  keepField({ workspace, stream, event, pointer, subject }: KeptField, key: Uint8Array): void {
    if (this.#field.get(stream, event, pointer) !== undefined) return
    const cell = this.#cells.add(fieldName(stream, event, pointer), key)
    this.#insertField.run(stream, event, pointer, workspace, subject, cell)
  }

  /** True if there was one; so below. */
  destroyEvent(stream: string, event: string): boolean {
    return this.#destroy(this.#deleteEvent.all(stream, event))
  }

  destroyField(stream: string, event: string, pointer: string): boolean {
    return this.#destroy(this.#deleteField.all(stream, event, pointer))
  }

  destroyFieldsOfEvent(stream: string, event: string): boolean {
    return this.#destroy(this.#deleteFieldsOfEvent.all(stream, event))
  }

  destroyFieldsOfSubject(workspace: string, subject: string): boolean {
    return this.#destroy(this.#deleteFieldsOfSubject.all(workspace, subject))
  }

  #destroy(rows: readonly Row[]): boolean {
    for (const row of rows) this.#cells.destroy(Number(row.cell))
    return rows.length > 0
  }
}

function eventName(stream: string, event: string): KeyName {
  return ['event', stream, event]
}

function fieldName(stream: string, event: string, pointer: string): KeyName {
  return ['field', stream, event, pointer]
}
