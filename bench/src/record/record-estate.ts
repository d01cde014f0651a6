import { join } from 'node:path'
import { type EventDraft, loadMasterKey, openKeyStore, openLedger, openSqliteStore, type Receipt, type RecordOutcome } from '@annal/ledger'
import { estate } from './estate.ts'

const BATCH = 1_000
const PEOPLE = 500

/** What was recorded, to ask for it later. */
export interface RecordedEstate {
  /** When its last event occurred, in ms since 1970. */
  readonly until: number
  /** recordedAt of the event behind each tenth of them. */
  readonly recordedAt: readonly string[]
  readonly seconds: number
}

/** Files of a data folder that recording needs. */
export function recordFiles(folder: string) {
  return { events: join(folder, 'events.db'), keys: join(folder, 'keys.db'), masterKey: loadMasterKey(join(folder, 'master.key')) }
}

/** Records so many events of an estate in a data folder that no server has open, behind what `first` gives. */
export async function recordEstate(
  folder: string,
  workspace: string,
  events: number,
  first: (workspace: string, until: number) => Iterable<EventDraft> = () => [],
): Promise<RecordedEstate> {
  const started = performance.now()
  const until = Date.now()
  const files = recordFiles(folder)
  const store = openSqliteStore({ file: files.events, mode: 'write' })
  const keys = openKeyStore({ file: files.keys, masterKey: files.masterKey, mode: 'write' })
  const ledger = openLedger({ store, keys, now: () => Date.now() })
  const recordedAt: string[] = []
  try {
    const people = Array.from({ length: PEOPLE }, (_, i) => keys.subjectFor(workspace, `applicant ${i}`))
    for (const batch of inBatches(first(workspace, until))) refuseRefusals(await ledger.append(batch))
    let recorded = 0
    for (const batch of inBatches(estate({ workspace, events, people, until }))) {
      for (const outcome of refuseRefusals(await ledger.append(batch))) {
        if (recorded++ % Math.ceil(events / 10) === 0) recordedAt.push(outcome.recordedAt)
      }
    }
  } finally {
    await ledger.close()
    await store.close()
    keys.close()
  }
  return { until, recordedAt, seconds: (performance.now() - started) / 1000 }
}

function refuseRefusals(outcomes: readonly RecordOutcome[]): Receipt[] {
  return outcomes.map((outcome) => {
    if (outcome.status === 'refused') throw new Error(`expected a receipt, found ${outcome.code}: ${outcome.message}`)
    return outcome
  })
}

function* inBatches(drafts: Iterable<EventDraft>): Generator<EventDraft[]> {
  let batch: EventDraft[] = []
  for (const draft of drafts) {
    batch.push(draft)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
