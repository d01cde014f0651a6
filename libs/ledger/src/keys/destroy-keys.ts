import { StoreUnavailable } from '../event-store.ts'
import { eventKeyOf, fieldKeyOf } from './derive-keys.ts'
import { BLOCK_SIZE, type BlockEvents, type BlockRef, blockOf, type FieldRedaction, type PayloadExpiry } from './key-store.ts'
import type { KeyTables } from './key-tables.ts'

/*
 * Destroying is done in three steps, each durable before the next: keep the siblings' keys, destroy, empty the log. All steps can be
 * repeated: what was kept is not kept again, what is gone stays gone. Steps that end in `…InTransaction` are run in one.
 */

export function keepSiblingsInTransaction(tables: KeyTables, redaction: FieldRedaction): void {
  const { event, pointer, fields, blockEvents } = redaction
  const { workspace, stream, id } = event
  requireRedactable(redaction)
  const eventKey = tables.eventKey(stream, event.streamVersion, id)
  if (eventKey === null) return
  for (const field of fields) {
    if (field.pointer === pointer) continue
    const subjectKey = field.subject === null ? null : tables.subjects.find(workspace, field.subject)
    if (field.subject !== null && subjectKey === null) continue
    const key = fieldKeyOf(eventKey, subjectKey, { workspace, stream, id, pointer: field.pointer })
    tables.kept.keepField({ workspace, stream, event: id, pointer: field.pointer, subject: field.subject }, key)
  }
  const block = { stream, block: blockOf(event.streamVersion) }
  if (isUncut(tables, block, event.streamVersion)) keepEvents(tables, block, blockEvents, new Set([id]))
}

/** True if there was something to destroy; so below. */
export function destroyFieldInTransaction(tables: KeyTables, { event, pointer, blockEvents }: FieldRedaction): boolean {
  const { stream, streamVersion, id } = event
  const block = { stream, block: blockOf(streamVersion) }
  const cut = isUncut(tables, block, streamVersion)
  if (cut) tables.blocks.cut(stream, block.block, endOf(block, blockEvents))
  const keptEvent = tables.kept.destroyEvent(stream, id)
  const keptField = tables.kept.destroyField(stream, id, pointer)
  return counted(tables, cut || keptEvent || keptField)
}

export function keepUnexpiredInTransaction(tables: KeyTables, expiry: PayloadExpiry): void {
  requireExpirable(expiry)
  keepEvents(tables, expiry, expiry.blockEvents, new Set(expiry.events))
}

export function destroyExpiredInTransaction(tables: KeyTables, { stream, block, events, blockEvents }: PayloadExpiry): boolean {
  const first = block * BLOCK_SIZE
  const cut = events.some((id) => isUncut(tables, { stream, block }, first + blockEvents.indexOf(id)))
  if (cut) tables.blocks.cut(stream, block, first + blockEvents.length)
  let kept = false
  for (const id of events) {
    const keptEvent = tables.kept.destroyEvent(stream, id)
    const keptFields = tables.kept.destroyFieldsOfEvent(stream, id)
    kept ||= keptEvent || keptFields
  }
  return counted(tables, cut || kept)
}

export function destroySubjectInTransaction(tables: KeyTables, workspace: string, subject: string): boolean {
  const row = tables.subjects.row(workspace, subject)
  if (row === null || row.cell === null) return false
  tables.subjects.destroy(workspace, subject, row.cell)
  if (row.reference !== null) tables.references.destroy(workspace, row.reference)
  tables.kept.destroyFieldsOfSubject(workspace, subject)
  return counted(tables, true)
}

/**
 * Moves the log into the file and empties it: old pages with what was destroyed stood in it.
 * @throws StoreUnavailable while a reader holds it: the keys are destroyed, repeating the destruction finishes it.
 */
export function emptyLog(tables: KeyTables): void {
  if (tryEmptyLog(tables)) return
  throw new StoreUnavailable("expected the key store's log to be empty after destroying keys, found a reader in it: repeat the call")
}

/** False while a reader holds the log. */
export function tryEmptyLog({ db }: Pick<KeyTables, 'db'>): boolean {
  return db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0
}

function keepEvents(tables: KeyTables, { stream, block }: BlockRef, blockEvents: BlockEvents, except: ReadonlySet<string>): void {
  const found = tables.blocks.find(stream, block)
  if (found === null || found.extracted === null) return
  const uncut = blockEvents.slice(Math.max(0, found.since - block * BLOCK_SIZE))
  for (const id of uncut) {
    if (!except.has(id)) tables.kept.keepEvent(stream, id, eventKeyOf(found.extracted, stream, id))
  }
}

function isUncut(tables: KeyTables, { stream, block }: BlockRef, streamVersion: number): boolean {
  const found = tables.blocks.find(stream, block)
  return found !== null && found.extracted !== null && streamVersion >= found.since
}

function endOf({ block }: BlockRef, blockEvents: BlockEvents): number {
  return block * BLOCK_SIZE + blockEvents.length
}

function counted(tables: KeyTables, destroyed: boolean): boolean {
  if (destroyed) tables.countDestruction()
  return destroyed
}

function requireRedactable({ event, pointer, fields, blockEvents }: FieldRedaction): void {
  requireBlock(blockEvents)
  const found = blockEvents[event.streamVersion % BLOCK_SIZE]
  if (found !== event.id) throw new Error(`expected event ${event.id} at version ${event.streamVersion} of ${event.stream}, found ${found}`)
  if (!fields.some((field) => field.pointer === pointer))
    throw new Error(`expected ${pointer} among the sealed fields of ${event.id}, found it is none`)
}

function requireExpirable({ events, blockEvents, stream, block }: PayloadExpiry): void {
  requireBlock(blockEvents)
  const stranger = events.find((id) => !blockEvents.includes(id))
  if (stranger !== undefined) throw new Error(`expected event ${stranger} in block ${block} of ${stream}, found it is not`)
}

function requireBlock(blockEvents: BlockEvents): void {
  if (blockEvents.length > BLOCK_SIZE) throw new Error(`expected at most ${BLOCK_SIZE} events in a block, found ${blockEvents.length}`)
}
