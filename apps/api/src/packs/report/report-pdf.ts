import { PdfPage } from './pdf-page.ts'
import type { Report, ReportApproval, ReportIncident, ReportThing } from './report.ts'
import type { ReportEvent } from './report-event.ts'
import { countText, frameFacts, instantText, openingSentences, personText, sealSentences, timelineNote } from './report-text.ts'

interface Section {
  readonly anchor: string
  readonly title: string
  write(page: PdfPage): void
}

/** `report.pdf`: the summary and at most 500 rows of the timeline. The same report gives the same bytes. */
export function reportPdf(report: Report): Promise<Buffer> {
  const { frame } = report
  const page = new PdfPage(`Evidence report: ${frame.scope}`, frame.head.signedAt)
  const sections = sectionsOf(report)
  page.heading('H1', 'Evidence report')
  page.paragraph({ tag: 'P' }, [{ text: frame.scope, soft: true, size: 11 }])
  for (const text of openingSentences(report)) page.paragraph({ tag: 'P' }, [{ text }])
  page.heading('H2', 'Contents')
  for (const { anchor, title } of sections) page.paragraph({ tag: 'P', goTo: anchor, indent: 8 }, [{ text: title }])
  for (const { anchor, title, write } of sections) {
    page.heading('H2', title, anchor)
    write(page)
  }
  return page.end(`Evidence pack ${frame.pack}, tree size ${frame.head.size}`)
}

function sectionsOf(report: Report): Section[] {
  const { frame, things, approvals, incidents, people, counts, timeline, cut } = report
  return [
    { anchor: 'export', title: 'Who exported this, and why', write: (page) => pairs(page, frameFacts(report)) },
    { anchor: 'proof', title: 'What is proven, and what is not', write: (page) => sentences(page, [...sealSentences(frame), ...cut]) },
    { anchor: 'facts', title: 'Systems, models and datasets', write: (page) => all(page, things, writeThing) },
    {
      anchor: 'approvals',
      title: 'Approvals',
      write: (page) => all(page, approvals, (at, approval) => writeApproval(at, report, approval)),
    },
    { anchor: 'incidents', title: 'Incidents', write: (page) => all(page, incidents, writeIncident) },
    {
      anchor: 'people',
      title: 'Who decided',
      write: (page) =>
        all(page, people, (at, { person, decisions }) => pairs(at, [[personText(frame, person), `${countText(decisions)} decisions`]])),
    },
    {
      anchor: 'counts',
      title: 'Events by type',
      write: (page) =>
        pairs(
          page,
          counts.map(({ type, events }) => [type, countText(events)] as const),
        ),
    },
    {
      anchor: 'timeline',
      title: 'Timeline',
      write: (page) => {
        sentences(page, [timelineNote(report)])
        for (const event of timeline) writeRow(page, event)
      },
    },
  ]
}

function writeThing(page: PdfPage, { thing, facts }: ReportThing): void {
  page.heading('H3', thing)
  for (const { label, value, occurredAt, event } of facts)
    page.paragraph({ tag: 'P', above: 2, indent: 8 }, [
      { text: `${label}: `, soft: true },
      { text: `${value}  ` },
      { text: `${instantText(occurredAt)}, event ${event}`, soft: true },
    ])
}

function writeApproval(page: PdfPage, { frame }: Report, { approval, subject, outcome, requestedAt, deciders }: ReportApproval): void {
  page.heading('H3', `${approval}: ${subject}, ${outcome}`)
  if (requestedAt !== null)
    page.paragraph({ tag: 'P', above: 2, indent: 8 }, [{ text: `Requested ${instantText(requestedAt)}`, soft: true }])
  pairs(
    page,
    deciders.map(({ person, decision, at }) => [personText(frame, person), `${decision}, ${instantText(at)}`] as const),
  )
}

function writeIncident(page: PdfPage, { incident, title, category, severity, systems, closedAt, steps }: ReportIncident): void {
  page.heading('H3', `${incident}: ${title}`)
  const state = closedAt === null ? 'open' : `closed ${instantText(closedAt)}`
  page.paragraph({ tag: 'P', above: 2, indent: 8 }, [{ text: [category, `severity ${severity}`, state].join(', '), soft: true }])
  pairs(page, [
    ['Systems', systems.length === 0 ? 'none named' : systems.join(', ')],
    ...steps.map(({ at, text }) => [instantText(at), text] as const),
  ])
}

function writeRow(page: PdfPage, { occurredAt, summary, type, actor, id }: ReportEvent): void {
  page.paragraph({ tag: 'P', above: 5 }, [
    { text: `${instantText(occurredAt)}  `, soft: true },
    { text: `${summary}  ` },
    { text: `${type}, ${actor.id}, ${id}`, soft: true },
  ])
}

function pairs(page: PdfPage, rows: readonly (readonly [string, string])[]): void {
  for (const [label, value] of rows)
    page.paragraph({ tag: 'P', above: 2, indent: 8 }, [{ text: `${label}: `, soft: true }, { text: value }])
}

function sentences(page: PdfPage, texts: readonly string[]): void {
  for (const text of texts) page.paragraph({ tag: 'P' }, [{ text }])
}

function all<Item>(page: PdfPage, items: readonly Item[], write: (page: PdfPage, item: Item) => void): void {
  if (items.length === 0) sentences(page, ['Nothing of this kind is in this pack.'])
  for (const item of items) write(page, item)
}
