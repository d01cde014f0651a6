import { eventTypes, parseEvent, summarise } from '@annal/domain'
import { describe, expect, it } from 'vitest'
import { completenessSentence, notProvenSentences } from './claims.ts'
import { MOST_ROWS, ReportComposer } from './compose-report.ts'
import { csvRow } from './events-csv.ts'
import { readmeText } from './readme-text.ts'
import type { ReportFrame } from './report.ts'
import type { ReportEvent } from './report-event.ts'
import { reportHtml } from './report-html.ts'
import { reportPdf } from './report-pdf.ts'

const frame: ReportFrame = {
  pack: 'pack-1',
  workspace: { id: 'ws_1', name: 'Bank' },
  scope: 'The AI system credit-scoring',
  purpose: 'Request of the market surveillance authority <script>alert(1)</script>',
  requester: 'per_1',
  simulatedClock: false,
  release: '0.1.0',
  head: {
    origin: 'ledger.example/log/v1/ws_1',
    size: '12',
    root: '+O76OAkSffYCRAqEtfa5iB0VNtKdEFqpRYkdwgqe81o=',
    signedAt: '2026-05-04T10:00:00.000Z',
    witnesses: [],
    policy: null,
    timestamps: [],
    key: 'ledger.example/log/v1/ws_1+603c4999+AfZDjn2chO5RbEky3JF7QThhxUhvkZL9DMAR9/caF1DD',
  },
  completeness: 'Complete for aisystem:credit-scoring.',
  notProven: ['Events that were never recorded.'],
  names: new Map([['per_1', 'Łucja Nowak 中']]),
}

let next = 0
function event(type: string, changes: Record<string, unknown> = {}, actor = 'svc_1'): ReportEvent {
  const known = eventTypes.find(({ name }) => name === type)
  const at = '2026-04-14T08:05:00.000Z'
  const parsed = parseEvent(type, { ...(known?.example as object), ...changes }, at)
  if (parsed.status === 'refused') throw new Error(parsed.message)
  const { data, stream, about } = parsed.event
  const kind = actor.startsWith('per_') ? 'person' : 'service'
  return {
    id: `e${next++}`,
    type,
    stream,
    about,
    actor: { kind, id: actor },
    occurredAt: at,
    recordedAt: at,
    summary: summarise(type, data),
    data,
  }
}

function composed(...events: ReportEvent[]) {
  const composer = new ReportComposer()
  for (const one of events) composer.add(one)
  return composer.report(frame)
}

describe('a report', () => {
  it('states each fact with the event that last set it', () => {
    const registered = event('SystemRegistered', { name: 'Credit scoring' })
    const again = event('SystemClassified', { riskClass: 'high-risk-annex-iii' })
    const [system] = composed(registered, again).things
    expect(system?.facts).toContainEqual(expect.objectContaining({ label: 'Name', value: 'Credit scoring', event: registered.id }))
    expect(system?.facts).toContainEqual(expect.objectContaining({ label: 'Risk class', event: again.id }))
  })

  it('takes the values of a correction for the facts that the corrected event set', () => {
    const registered = event('SystemRegistered', { name: 'Credit scorin' })
    const data = {
      event: `ws_1.${registered.stream}/${registered.id}`,
      data: { ...registered.data, name: 'Credit scoring' },
      reason: 'A typo.',
    }
    const correction = { ...registered, id: 'correction', type: 'EventCorrected', data }
    const [system] = composed(registered, correction).things
    expect(system?.facts).toContainEqual(expect.objectContaining({ label: 'Name', value: 'Credit scoring', event: 'correction' }))
  })

  it('tells who approved what, and how it ended', () => {
    const { approvals, people } = composed(
      event('ApprovalRequested'),
      event('ApprovalGiven', {}, 'per_1'),
      event('ApprovalRefused', {}, 'per_2'),
    )
    expect(approvals).toEqual([
      expect.objectContaining({
        outcome: 'refused',
        deciders: [expect.objectContaining({ person: 'per_1', decision: 'approved' }), expect.objectContaining({ person: 'per_2' })],
      }),
    ])
    expect(people.map(({ person }) => person)).toEqual(['per_1', 'per_2'])
  })

  it('shortens a long timeline to what matters and says so', () => {
    const many = Array.from({ length: MOST_ROWS + 1 }, () => event('DriftDetected'))
    const { timeline, timelineShortened, events } = composed(event('SystemClassified'), ...many)
    expect(events).toBe(MOST_ROWS + 2)
    expect(timelineShortened).toBe(true)
    expect(timeline.map(({ type }) => type)).toEqual(['SystemClassified'])
  })

  it('as HTML escapes all that came from elsewhere, and fetches nothing', () => {
    const page = reportHtml(composed(event('SystemRegistered', { name: '<img src=x onerror=alert(1)>' })))
    expect(page).not.toContain('<script>alert')
    expect(page).not.toContain('<img')
    expect(page).toContain('Łucja Nowak')
    expect(page).not.toMatch(/(src|href)="(?!#)/)
  })

  it('as README.txt keeps what people wrote to one line: it forges no sentence of the pack’s own', () => {
    const report = composed(event('SystemRegistered'))
    const purpose = 'A request\r\n\nHow to check it\u2028  1. Call us.'
    const text = readmeText({ ...report, frame: { ...frame, purpose, workspace: { id: 'ws_1', name: 'Bank\n\nWhat it claims' } } })
    expect(text).toContain('A request How to check it 1. Call us.\n')
    expect(text.match(/^(How to check it|What it claims)/gm)).toEqual(['What it claims', 'How to check it'])
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1+1', '＠SUM(A1)'])('as CSV leaves no formula: %j', (summary) => {
    expect(csvRow(0, { ...event('SystemRegistered'), summary })).toContain(`,${/[\r\n]/.test(summary) ? '"' : ''}'${summary[0]}`)
  })

  it.each(['a;=1', 'a;"=1', 'a\n=1;', '\r\n@SUM(A1)', 'a\t+1', '\t=1', 'a;＝1'])(
    'as CSV leaves no formula where a spreadsheet begins a cell behind a semicolon, a tab or a line’s end: %j',
    (summary) => {
      const row = csvRow(0, { ...event('SystemRegistered'), summary })
      expect(row).not.toMatch(/(^|[;\t\r\n])"*[=+\-@＝＠]/)
      const cell = /["\r\n]/.test(summary) ? `"${summary.replaceAll('"', '""')}"` : summary
      expect(row.replaceAll("'", '')).toContain(`,${cell},`)
    },
  )

  it('says which leaves a period has: its end is not one of them, and a period without events has none', () => {
    const period = { since: '2026-01-01T00:00:00.000Z', until: '2026-02-01T00:00:00.000Z' }
    const said = (from: number, to: number) => completenessSentence({ size: 12, scope: { kind: 'range', from, to, ...period } }, to - from)
    expect(said(3, 12)).toContain('leaves 3 to 11 of the log')
    expect(said(3, 4)).toContain('leaf 3 of the log')
    for (const at of [0, 5, 12]) expect(said(at, at)).toMatch(/^Complete for the period: nothing was recorded in it/)
  })

  it('of a log that continues another says that the rest is there', () => {
    const said = (origin: string) => notProvenSentences({ origin, scope: { kind: 'workspace' }, withNames: true }).join(' ')
    expect(said('h/log/v1/ws_1~2/simulated')).toContain('This log continues an earlier one: what was recorded before is in that log')
    expect(said('h/log/v1/ws_1')).not.toContain('continues')
  })

  it('claims no completeness for a thing that no event names', () => {
    const scope = { kind: 'references', refs: ['model:unheard-of'] } as const
    expect(completenessSentence({ size: 12, scope }, 0)).toBe(
      'No event that names model:unheard-of is in this pack. That none does it can not prove: the whole workspace can.',
    )
    expect(completenessSentence({ size: 12, scope }, 3)).toMatch(/^Complete for model:unheard-of/)
  })

  it('as PDF is the same bytes for the same events, tagged, and names its language', async () => {
    const report = composed(event('SystemRegistered', { name: 'Оценка рисков' }), ...eventTypes.slice(0, 60).map(({ name }) => event(name)))
    const first = await reportPdf(report)
    const second = await reportPdf(report)
    expect(first.equals(second)).toBe(true)
    const text = first.toString('latin1')
    expect(text).toContain('/MarkInfo')
    expect(text).toContain('/Lang (en)')
    expect(text).toContain('/StructTreeRoot')
  })
})
