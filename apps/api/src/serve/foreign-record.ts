import { type EventReader, type KeyReader, readIntroducedKeys } from '@annal/ledger'
import { SYSTEM } from '../identity/record-access.ts'

/**
 * For the operator: a record that was sealed from another data folder gets a second tree under the name of the first from this one, and
 * whoever holds heads of both holds the proof of a fork.
 */
export async function warnOfForeignRecord(
  { store, keys }: { readonly store: EventReader; readonly keys: Pick<KeyReader, 'hasIndexKey'> },
  write: (line: string) => void,
): Promise<void> {
  if (keys.hasIndexKey(SYSTEM)) return
  const [first] = await readIntroducedKeys(store)
  if (first === undefined) return
  write(
    `WARNING: The record in this event store was sealed from another data folder, under ${first.verifierKey}, and this folder has none of its keys: personal data in it can't be read, and what is sealed from here is another log under the same name. Restore that folder, or give this one an event store of its own.\n`,
  )
}
