import type { RecordedEvent } from '@annal/ledger'
import type { ViewDefinition, ViewTables } from '../read-model/read-model.ts'

/** A view of the record: what is kept, and how events change it. */
export interface Projection<Tables> extends ViewDefinition {
  /** A new version is built from the first event on, beside the old one, which readers of the new version must understand until then. */
  readonly version: number
  /**
   * Folds the next events of the record into the view. The same events give the same rows, however they are cut into batches.
   * Runs within the transaction that also moves the view's cursor.
   */
  apply(tables: ViewTables<Tables>, events: readonly RecordedEvent[]): Promise<void>
}
