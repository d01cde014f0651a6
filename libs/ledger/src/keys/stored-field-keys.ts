import { fieldKeyOf } from './derive-keys.ts'
import type { KeyReader, SealedEvent } from './key-store.ts'

/** The field keys of one stored event, as far as they still exist. The event key is looked up once, when the first is asked for. */
export class StoredFieldKeys {
  readonly #keys: KeyReader
  readonly #event: SealedEvent
  #eventKey: Uint8Array | null | undefined

  constructor(keys: KeyReader, event: SealedEvent) {
    this.#keys = keys
    this.#event = event
  }

  /** Null when it, the event's key or the subject's was destroyed, or never existed. */
  find(pointer: string, subject: string | null): Uint8Array | null {
    const { workspace, stream, streamVersion, id } = this.#event
    this.#eventKey ??= this.#keys.eventKey(stream, streamVersion, id)
    if (this.#eventKey === null) return this.#keys.keptFieldKey(stream, id, pointer)
    const subjectKey = subject === null ? null : this.#keys.subjectKey(workspace, subject)
    if (subject !== null && subjectKey === null) return null
    return fieldKeyOf(this.#eventKey, subjectKey, { workspace, stream, id, pointer })
  }
}
