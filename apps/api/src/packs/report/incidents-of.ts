import type { ReportIncident } from './report.ts'
import { type ReportEvent, unreadableText } from './report-event.ts'

export const MOST_INCIDENTS = 500
const MOST_STEPS = 100

/** The incidents of a pack as its events tell them. */
export class IncidentsOf {
  private readonly incidents = new Map<string, ReportIncident>()
  cut = false

  add({ stream, type, data, occurredAt, summary }: ReportEvent): void {
    if (!stream.startsWith('incident-')) return
    const id = stream.slice('incident-'.length)
    const known = this.incidents.get(id)
    if (known === undefined && this.incidents.size >= MOST_INCIDENTS) {
      this.cut = true
      return
    }
    const before = known ?? unreported(id)
    const steps = before.steps.length < MOST_STEPS ? [...before.steps, { at: occurredAt, text: summary }] : before.steps
    this.incidents.set(id, { ...before, ...changesOf(type, data, occurredAt, before), steps })
  }

  all(): ReportIncident[] {
    return [...this.incidents.values()]
  }
}

function unreported(incident: string): ReportIncident {
  return {
    incident,
    title: '(its report is not in this pack)',
    category: '',
    severity: '',
    occurredAt: null,
    awareAt: null,
    closedAt: null,
    systems: [],
    steps: [],
  }
}

function changesOf(type: string, data: ReportEvent['data'], at: string, before: ReportIncident): Partial<ReportIncident> {
  switch (type) {
    case 'IncidentReported':
      return {
        title: text(data.title),
        category: text(data.category),
        severity: text(data.severity),
        occurredAt: textOrNull(data.occurredAt),
        awareAt: textOrNull(data.awareAt),
        systems: Array.isArray(data.systems) ? data.systems.map(text) : [],
      }
    case 'IncidentTriaged':
      return { severity: text(data.severity) }
    case 'SystemImplicated':
      return { systems: [...new Set([...before.systems, text(data.system)])] }
    case 'IncidentClosed':
      return { closedAt: at }
    default:
      return {}
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll('_', ' ') : (unreadableText(value) ?? '')
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
