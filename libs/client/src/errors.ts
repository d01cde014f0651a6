import type { Problem } from './prepare-event.ts'

/** The event is not what its type asks for; nothing was queued. `path`: a JSON Pointer into the emission, such as `/data/value`. */
export class InvalidEvent extends Error {
  override readonly name = 'InvalidEvent'
  readonly code: Problem['code']
  readonly path: string

  constructor({ code, path, message }: Problem) {
    super(`${path}: ${message}`)
    this.code = code
    this.path = path
  }
}

/** The outbox is as large as it may become, and the client was told not to wait for room; nothing was queued. */
export class OutboxFull extends Error {
  override readonly name = 'OutboxFull'
}

/** Another process, or another client of this one, has the outbox. */
export class OutboxLocked extends Error {
  override readonly name = 'OutboxLocked'
}

/** What was synced to the outbox can't be read back: `file` is damaged at `offset`. Nothing of it is skipped. */
export class OutboxCorrupt extends Error {
  override readonly name = 'OutboxCorrupt'
  readonly file: string
  readonly offset: number

  constructor(file: string, offset: number, found: string) {
    super(`expected a record at byte ${offset} of ${file}, found ${found}`)
    this.file = file
    this.offset = offset
  }
}

/** The outbox can't be written (a full disk, a read-only file system); the event was not queued. `cause` is the system's error. */
export class OutboxUnwritable extends Error {
  override readonly name = 'OutboxUnwritable'
}

/** The client was closed; nothing was queued. */
export class ClientClosed extends Error {
  override readonly name = 'ClientClosed'
}
