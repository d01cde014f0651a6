import { concealEvent, nodeDigests, type RecordedEvent } from '@annal/ledger'
import { eventView } from '../trail/event-view.ts'

/**
 * What a receiver gets of an event: the API's `Event`, without its raw bytes and salt. Encrypted fields leave the house neither in plain
 * text nor encrypted: `{"sealed": true}` stands in their place. The same bytes at every attempt.
 */
export function deliveryBody(recorded: RecordedEvent): string {
  const opened = concealEvent(recorded)
  const { raw: _raw, salt: _salt, ...data } = eventView(recorded, opened, nodeDigests)
  return JSON.stringify({ type: data.type, timestamp: data.recordedAt, workspace: opened.envelope.workspace, data })
}
