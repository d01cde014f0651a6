import { parseEventBytes, parseVerifierKey, type VerifierKey } from '@annal/proof'
import { type EventReader, type RecordedEvent, StoreCorrupt } from '../../event-store.ts'
import { KEYS_STREAM } from '../log-book.ts'

/** A key as the record knows it. */
export interface IntroducedKey {
  /** `<origin>+<hash>+<key>` */
  readonly verifierKey: string
  readonly key: VerifierKey
  readonly introducedAt: string
  readonly retiredAt: string | null
}

const SLICE = 500

/** The keys that sign tree heads or did, in the order of their introduction. */
export async function readIntroducedKeys(events: EventReader): Promise<IntroducedKey[]> {
  const keys = new Map<string, IntroducedKey>()
  for (let from = 0; ; from += SLICE) {
    const slice = await events.readStream(KEYS_STREAM, { from, direction: 'forwards', limit: SLICE })
    for (const event of slice) fold(keys, event)
    if (slice.length < SLICE) return [...keys.values()]
  }
}

function fold(keys: Map<string, IntroducedKey>, { bytes, streamVersion }: RecordedEvent): void {
  const parsed = parseEventBytes(bytes)
  if (parsed.status === 'refused') throw new StoreCorrupt(`${KEYS_STREAM}@${streamVersion}: ${parsed.reason}`)
  const { type, data, recordedAt } = parsed.envelope
  const text = String(data.verifierKey)
  const known = keys.get(text)
  const key = parseVerifierKey(text)
  if (type === 'SigningKeyIntroduced' && key !== null && known === undefined)
    keys.set(text, { verifierKey: text, key, introducedAt: recordedAt, retiredAt: null })
  if (type === 'SigningKeyRetired' && known !== undefined) keys.set(text, { ...known, retiredAt: recordedAt })
}
