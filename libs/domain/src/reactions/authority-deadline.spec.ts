import { describe, expect, test } from 'vitest'
import { fact, follows } from '../../testing/react.ts'
import { eventType } from '../event-types.ts'
import { authorityDeadline } from './authority-deadline.ts'

const berlin = fact('WorkspaceOpened', '2026-01-01T00:00:00.000Z', { workspace: 'ws_1' })
const AWARE = '2026-04-15T08:20:00.000Z'
const reported = (category: string) =>
  fact('IncidentReported', AWARE, { category, occurredAt: '2026-04-14T06:00:00.000Z', awareAt: AWARE, systems: ['credit-scoring'] })
const triaged = (changes: Record<string, unknown>) =>
  fact('IncidentTriaged', '2026-04-16T08:00:00.000Z', { category: undefined, ...changes })
const notified = (changes: Record<string, unknown> = {}) => fact('AuthorityNotified', '2026-04-18T14:05:00.000Z', changes)
const tasks = (...events: Parameters<typeof follows>[1]) =>
  follows(authorityDeadline, [berlin, ...events]).map(({ type, data }) =>
    type === 'TaskOpened' ? [type, data.due, data.obligation] : [type, data.outcome],
  )

describe('the authority must be told', () => {
  test.each([
    ['fundamental-rights', '2026-04-30T22:00:00.000Z', 'art-73.2'],
    ['property-or-environment', '2026-04-30T22:00:00.000Z', 'art-73.2'],
    ['death-or-health', '2026-04-25T22:00:00.000Z', 'art-73.4'],
    ['critical-infrastructure', '2026-04-17T22:00:00.000Z', 'art-73.3'],
    ['privacy', '2026-04-18T08:20:00.000Z', undefined],
  ])('of an incident of the kind %s until %s', (category, due, obligation) =>
    expect(tasks(reported(category))).toEqual([['TaskOpened', due, obligation]]),
  )

  test('of what is not serious not at all', () => expect(tasks(reported('outage'))).toEqual([]))

  test('sooner when the triage finds it widespread', () =>
    expect(tasks(reported('fundamental-rights'), triaged({ serious: true, widespread: true }))).toEqual([
      ['TaskOpened', '2026-04-30T22:00:00.000Z', 'art-73.2'],
      ['TaskDone', 'cancelled'],
      ['TaskOpened', '2026-04-17T22:00:00.000Z', 'art-73.3'],
    ]))

  test('as reported again, when the last triage names no kind', () =>
    expect(
      tasks(reported('fundamental-rights'), triaged({ serious: true, category: 'death-or-health' }), triaged({ serious: true })),
    ).toEqual([
      ['TaskOpened', '2026-04-30T22:00:00.000Z', 'art-73.2'],
      ['TaskDone', 'cancelled'],
      ['TaskOpened', '2026-04-25T22:00:00.000Z', 'art-73.4'],
      ['TaskDone', 'cancelled'],
      ['TaskOpened', '2026-04-30T22:00:00.000Z', 'art-73.2'],
    ]))

  test('when the triage finds it serious', () =>
    expect(tasks(reported('outage'), triaged({ serious: true }))).toEqual([['TaskOpened', '2026-04-30T22:00:00.000Z', 'art-73.2']]))

  test('not any more when the triage finds it not serious', () =>
    expect(tasks(reported('fundamental-rights'), triaged({ serious: false }))).toEqual([
      ['TaskOpened', '2026-04-30T22:00:00.000Z', 'art-73.2'],
      ['TaskDone', 'cancelled'],
    ]))

  test('once: the task is done when it was told, and no other is opened', () =>
    expect(tasks(reported('fundamental-rights'), notified(), triaged({ serious: true, widespread: true }))).toEqual([
      ['TaskOpened', '2026-04-30T22:00:00.000Z', 'art-73.2'],
      ['TaskDone', 'done'],
    ]))

  test('under each law for itself', () =>
    expect(tasks(reported('privacy'), triaged({ serious: true }), notified({ regime: 'ai_act' }))).toEqual([
      ['TaskOpened', '2026-04-18T08:20:00.000Z', undefined],
      ['TaskOpened', '2026-04-30T22:00:00.000Z', 'art-73.2'],
      ['TaskDone', 'done'],
    ]))

  test('not of what was never reported here', () => expect(tasks(triaged({ serious: true }), notified())).toEqual([]))

  test('as the report is corrected: by another day, of another kind, or not at all', () => {
    const report = reported('outage')
    const corrected = (changes: Record<string, unknown>, original = report) =>
      fact('EventCorrected', '2026-04-17T08:00:00.000Z', {
        event: `${original.stream}/${original.id}`,
        type: 'IncidentReported',
        data: { ...(eventType('IncidentReported')?.example as object), ...plain(original), ...changes },
      })
    const opened = (due: string, obligation: string) => ['TaskOpened', due, obligation]
    expect(tasks(report, corrected({ category: 'death-or-health' }))).toEqual([opened('2026-04-25T22:00:00.000Z', 'art-73.4')])
    const grave = reported('fundamental-rights')
    expect(tasks(grave, corrected({ awareAt: '2026-04-14T10:00:00.000Z' }, grave))).toEqual([
      opened('2026-04-30T22:00:00.000Z', 'art-73.2'),
      ['TaskDone', 'cancelled'],
      opened('2026-04-29T22:00:00.000Z', 'art-73.2'),
    ])
    expect(tasks(grave, corrected({ category: 'outage' }, grave))).toEqual([
      opened('2026-04-30T22:00:00.000Z', 'art-73.2'),
      ['TaskDone', 'cancelled'],
    ])
    expect(tasks(grave, corrected({ severity: 'low' }, grave))).toEqual([opened('2026-04-30T22:00:00.000Z', 'art-73.2')])
    expect(tasks(grave, notified(), corrected({ awareAt: '2026-04-14T10:00:00.000Z' }, grave))).toHaveLength(2)
  })

  test('as people judged it, whatever a correction of the report says', () => {
    const report = reported('outage')
    const correction = fact('EventCorrected', '2026-04-17T08:00:00.000Z', {
      event: `${report.stream}/${report.id}`,
      type: 'IncidentReported',
      data: { ...(eventType('IncidentReported')?.example as object), ...plain(report), category: 'death-or-health' },
    })
    expect(tasks(report, triaged({ serious: false }), correction)).toEqual([])
    expect(tasks(report, triaged({ serious: true, category: 'fundamental-rights' }), correction)).toEqual([
      ['TaskOpened', '2026-04-30T22:00:00.000Z', 'art-73.2'],
    ])
  })
})

function plain({ data: { category, awareAt, systems } }: ReturnType<typeof fact>): Record<string, unknown> {
  return { category, awareAt, systems }
}
