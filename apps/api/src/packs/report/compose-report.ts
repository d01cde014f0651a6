import { eventType } from '@annal/domain'
import { ApprovalsOf, MOST_APPROVALS } from './approvals-of.ts'
import { IncidentsOf, MOST_INCIDENTS } from './incidents-of.ts'
import type { Report, ReportFrame } from './report.ts'
import type { ReportEvent } from './report-event.ts'
import { MOST_THINGS, ThingFacts } from './thing-facts.ts'

export const MOST_ROWS = 500
const MOST_PEOPLE = 1_000

/** Streams whose every event belongs into a shortened timeline. */
const NOTABLE_STREAM = /^(approval|incident|policy)-/

/**
 * Reads a pack's events once, in the order of their leaves, and keeps what the report shows: bounded, however many there are. The same
 * events and frame give the same report.
 */
export class ReportComposer {
  private readonly counts = new Map<string, number>()
  private readonly people = new Map<string, number>()
  private readonly things = new ThingFacts()
  private readonly approvals = new ApprovalsOf()
  private readonly incidents = new IncidentsOf()
  private readonly newest: ReportEvent[] = []
  private readonly notable: ReportEvent[] = []
  private events = 0
  private first: string | null = null
  private last: string | null = null

  add(event: ReportEvent): void {
    this.events++
    this.first ??= event.recordedAt
    this.last = event.recordedAt
    this.counts.set(event.type, (this.counts.get(event.type) ?? 0) + 1)
    this.countDecision(event)
    this.things.add(event)
    this.approvals.add(event)
    this.incidents.add(event)
    keepNewest(this.newest, event)
    if (isNotable(event)) keepNewest(this.notable, event)
  }

  report(frame: ReportFrame): Report {
    const shortened = this.events > MOST_ROWS
    return {
      frame,
      events: this.events,
      firstRecordedAt: this.first,
      lastRecordedAt: this.last,
      counts: [...this.counts]
        .map(([type, events]) => ({ type, events }))
        .sort((a, b) => b.events - a.events || (a.type < b.type ? -1 : 1)),
      things: this.things.all(),
      approvals: this.approvals.all(),
      incidents: this.incidents.all(),
      people: [...this.people].map(([person, decisions]) => ({ person, decisions })).sort((a, b) => (a.person < b.person ? -1 : 1)),
      timeline: (shortened ? this.notable : this.newest).slice(-MOST_ROWS),
      timelineShortened: shortened,
      cut: [
        ...(this.things.cut ? [`Facts of the first ${MOST_THINGS} systems, models and datasets are shown.`] : []),
        ...(this.approvals.cut ? [`The first ${MOST_APPROVALS} approvals are shown.`] : []),
        ...(this.incidents.cut ? [`The first ${MOST_INCIDENTS} incidents are shown.`] : []),
      ],
    }
  }

  private countDecision({ actor, type }: ReportEvent): void {
    if (actor.kind !== 'person' || eventType(type)?.decision !== true) return
    if (this.people.has(actor.id) || this.people.size < MOST_PEOPLE) this.people.set(actor.id, (this.people.get(actor.id) ?? 0) + 1)
  }
}

function isNotable({ type, stream }: ReportEvent): boolean {
  const known = eventType(type)
  return known === undefined || known.decision || known.material || NOTABLE_STREAM.test(stream) || type === 'EventCorrected'
}

/** Drops the oldest half of what is too much at once, so that keeping one more costs nothing on average. */
function keepNewest(rows: ReportEvent[], event: ReportEvent): void {
  rows.push(event)
  if (rows.length >= 2 * MOST_ROWS) rows.splice(0, rows.length - MOST_ROWS)
}
