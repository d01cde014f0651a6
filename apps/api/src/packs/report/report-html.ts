import { html, Markup } from './html.ts'
import type { Report, ReportApproval, ReportIncident, ReportThing } from './report.ts'
import type { ReportEvent } from './report-event.ts'
import { REPORT_STYLE } from './report-style.ts'
import { countText, frameFacts, instantText, openingSentences, personText, sealSentences, timelineNote } from './report-text.ts'

interface Section {
  readonly id: string
  readonly title: string
  readonly body: Markup
}

/** `report.html`: the report as one accessible page without scripts. */
export function reportHtml(report: Report): string {
  const sections = sectionsOf(report)
  return page(
    `Evidence report: ${report.frame.scope}`,
    html`<header><h1>Evidence report</h1><p class="soft">${report.frame.scope}</p></header>
<main>
${openingSentences(report).map((sentence) => html`<p>${sentence}</p>\n`)}
<nav aria-label="Contents"><ol>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ol></nav>
${sections.map(({ id, title, body }) => html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>\n${body}</section>\n`)}
</main>`,
  )
}

/** A whole document with this title and body. */
export function page(title: string, body: Markup): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${new Markup(REPORT_STYLE)}</style>
</head>
<body>
${body}
</body>
</html>
`.text
}

function sectionsOf(report: Report): Section[] {
  const { frame, things, approvals, incidents, people, cut } = report
  return [
    { id: 'export', title: 'Who exported this, and why', body: pairs(frameFacts(report)) },
    { id: 'proof', title: 'What is proven, and what is not', body: paragraphs([...sealSentences(frame), ...cut]) },
    { id: 'facts', title: 'Systems, models and datasets', body: orNothing(things.map(thingMarkup)) },
    { id: 'approvals', title: 'Approvals', body: orNothing(approvals.map((approval) => approvalMarkup(report, approval))) },
    { id: 'incidents', title: 'Incidents', body: orNothing(incidents.map(incidentMarkup)) },
    {
      id: 'people',
      title: 'Who decided',
      body:
        people.length === 0
          ? nothing()
          : pairs(people.map(({ person, decisions }) => [personText(frame, person), `${countText(decisions)} decisions`])),
    },
    { id: 'counts', title: 'Events by type', body: pairs(report.counts.map(({ type, events }) => [type, countText(events)])) },
    { id: 'timeline', title: 'Timeline', body: timelineMarkup(report) },
  ]
}

function thingMarkup({ thing, facts }: ReportThing): Markup {
  return html`<h3><code>${thing}</code></h3>
<table class="facts"><tbody>${facts.map(
    ({ label, value, occurredAt, event }) =>
      html`<tr><th scope="row">${label}</th><td>${value}</td><td class="at">${instantText(occurredAt)}</td><td><code>${event}</code></td></tr>\n`,
  )}</tbody></table>
`
}

function approvalMarkup({ frame }: Report, { approval, subject, outcome, requestedAt, deciders }: ReportApproval): Markup {
  return html`<h3><code>${approval}</code>: ${subject}, ${outcome}</h3>
${requestedAt === null ? '' : html`<p class="soft">Requested ${instantText(requestedAt)}</p>`}
${deciders.length === 0 ? '' : pairs(deciders.map(({ person, decision, at }) => [personText(frame, person), `${decision}, ${instantText(at)}`]))}
`
}

function incidentMarkup({ incident, title, category, severity, systems, awareAt, closedAt, steps }: ReportIncident): Markup {
  const state = closedAt === null ? 'open' : `closed ${instantText(closedAt)}`
  return html`<h3><code>${incident}</code>: ${title}</h3>
<p class="soft">${[category, `severity ${severity}`, awareAt === null ? '' : `aware since ${instantText(awareAt)}`, state].filter((part) => part !== '').join(' · ')}</p>
<p>Systems: ${systems.length === 0 ? 'none named' : systems.join(', ')}</p>
${pairs(steps.map(({ at, text }) => [instantText(at), text]))}
`
}

function timelineMarkup(report: Report): Markup {
  return html`<p>${timelineNote(report)}</p>
${eventTable(report.timeline.map((event) => eventRow(event)))}`
}

export function eventTable(rows: readonly Markup[]): Markup {
  return html`<table><thead><tr><th scope="col">Occurred</th><th scope="col">What happened</th><th scope="col">Who</th><th scope="col">Event</th></tr></thead>
<tbody>${rows}</tbody></table>
`
}

export function eventRow({ occurredAt, summary, type, actor, id }: ReportEvent): Markup {
  return html`<tr><td class="at">${instantText(occurredAt)}</td><td>${summary}<br><span class="soft">${type}</span></td><td>${actor.id}</td><td><code>${id}</code></td></tr>
`
}

function pairs(rows: readonly (readonly [string, string])[]): Markup {
  return html`<table class="facts"><tbody>${rows.map(([label, value]) => html`<tr><th scope="row">${label}</th><td>${value}</td></tr>\n`)}</tbody></table>
`
}

function paragraphs(sentences: readonly string[]): Markup {
  return html`${sentences.map((sentence) => html`<p>${sentence}</p>\n`)}`
}

function orNothing(parts: readonly Markup[]): Markup {
  return parts.length === 0 ? nothing() : html`${parts}`
}

function nothing(): Markup {
  return html`<p class="soft">Nothing of this kind is in this pack.</p>
`
}
