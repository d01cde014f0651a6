import { html } from './html.ts'
import type { ReportFrame } from './report.ts'
import type { ReportEvent } from './report-event.ts'
import { eventRow, eventTable, page } from './report-html.ts'

const CUT = '<!-- rows -->'

/** What stands in `events.html` in front of the rows, and behind them. */
export function eventsHtmlFrame({ scope, pack }: Pick<ReportFrame, 'scope' | 'pack'>): readonly [head: string, tail: string] {
  const whole = page(
    `Events: ${scope}`,
    html`<header><h1>All events</h1><p class="soft">${scope}. Evidence pack ${pack}, in the order of the log. The summary is in report.html.</p></header>
<main>${eventTable([])}</main>`,
  ).replace('</tbody>', `${CUT}</tbody>`)
  const [head = '', tail = ''] = whole.split(CUT)
  return [head, tail]
}

export function eventsHtmlRow(event: ReportEvent): string {
  return eventRow(event).text
}
