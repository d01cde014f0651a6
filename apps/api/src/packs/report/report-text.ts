import type { Report, ReportFrame, ReportHead } from './report.ts'

export const VERDICT = 'As issued under signature.'

/** The sentences that stand in the HTML and in the PDF alike. */
export function openingSentences({ frame, events, firstRecordedAt, lastRecordedAt }: Report): string[] {
  const span =
    firstRecordedAt === null ? '' : ` recorded from ${instantText(firstRecordedAt)} to ${instantText(lastRecordedAt ?? firstRecordedAt)}`
  return [
    `This report is computed from the ${countText(events)} events of the evidence pack ${frame.pack}${span}, and from nothing else.`,
    `${VERDICT} The signature covers this file; whether the report follows from the events is checked by computing it again (annal verify --recompute).`,
    'It states what was recorded. It is not legal advice and not a finding of compliance.',
    ...(frame.simulatedClock
      ? ['The clock of this workspace is simulated: its times are those of a demonstration, not of the world.']
      : []),
  ]
}

export function sealSentences({ head, completeness, notProven }: ReportFrame): string[] {
  return [
    completeness,
    ...notProven,
    head.witnesses.length === 0
      ? 'No witness has cosigned this tree head: that no other history was shown to somebody else rests on the signer alone.'
      : `Cosigned by ${head.witnesses.join(', ')}.`,
    ...policySentences(head),
    head.timestamps.length === 0 ? 'No timestamp authority has stamped this tree head.' : `Timestamped by ${head.timestamps.join(', ')}.`,
  ]
}

function policySentences({ policy }: ReportHead): string[] {
  if (policy === null) return ['The workspace asks for no witness.']
  const { quorum, of, missing } = policy
  const asked = `The workspace asks for the cosignatures of ${quorum} of ${of} witnesses`
  return [missing.length === 0 ? `${asked}.` : `${asked}; missing: ${missing.join(', ')}.`]
}

/** Why and by whom, and the seal, as pairs. */
export function frameFacts({ frame }: Report): (readonly [string, string])[] {
  const { head, workspace } = frame
  return [
    ['Workspace', workspace.name === '' ? workspace.id : `${workspace.name} (${workspace.id})`],
    ['Scope', frame.scope],
    ['Purpose', frame.purpose],
    ['Exported by', personText(frame, frame.requester)],
    ['Log', head.origin],
    ['Tree size', head.size],
    ['Root', head.root],
    ['Head signed at', instantText(head.signedAt)],
    ['Signing key', head.key],
    ['Release', frame.release],
  ]
}

export function personText({ names }: ReportFrame, id: string): string {
  const name = names.get(id)
  return name === undefined ? id : `${name} (${id})`
}

/** `2026-04-14T08:05:00.000Z` → `2026-04-14 08:05:00 UTC`. */
export function instantText(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`
}

export function countText(count: number): string {
  return count.toLocaleString('en-GB')
}

export function timelineNote({ timelineShortened, timeline }: Report): string {
  return timelineShortened
    ? `The newest ${countText(timeline.length)} decisions, material changes, approvals and incidents. All events are in events.html and events.csv.`
    : 'All events, oldest first.'
}
