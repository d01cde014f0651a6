import type { LagHistogram, RecordedEvent } from '@annal/ledger'

const MEASURED = 256
const RECORDED_AT = Buffer.from('"recordedAt":"')
const INSTANT = 24

/** Counts how long these events, visible since `now`, took; of a big batch, evenly chosen ones for all. */
export function measureLag(histogram: LagHistogram, events: readonly RecordedEvent[], now: number): void {
  const step = Math.ceil(events.length / MEASURED)
  for (let i = 0; i < events.length; i += step) {
    const event = events[i]
    if (event) histogram.add(now - recordedAt(event), Math.min(step, events.length - i))
  }
}

/**
 * In canonical bytes, what stands behind recordedAt are names and numbers: the last `"recordedAt":"` is the envelope's own, whatever the
 * data holds.
 */
function recordedAt({ bytes }: RecordedEvent): number {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const at = text.lastIndexOf(RECORDED_AT) + RECORDED_AT.length
  return Date.parse(text.toString('latin1', at, at + INSTANT))
}
