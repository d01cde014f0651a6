import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { person } from './people.ts'
import { DAY, instant, type Story, type StoryEvent } from './story.ts'

/** Where the files of the story are, and the last day that they tell of. */
const folder = join(import.meta.dirname, '..')
const LAST_DAY = Date.parse('2026-07-19T00:00:00.000Z')
/** It ends so many days before the whole story does. */
const DAYS_BEFORE_END = 6

/** Credit scoring as the files beside this folder tell it, moved to end shortly before the story does, and the decisions about it. */
export function creditScoring(story: Story): void {
  const days = Math.round((story.start + story.days * DAY - DAYS_BEFORE_END * DAY - LAST_DAY) / DAY)
  const moved = (text: string) => instant(Date.parse(text) + days * DAY)
  const approvals: Readonly<Record<string, string>> = { '7': 'cs-release-7', '8': 'cs-release-8' }
  for (const event of events()) {
    const { data, time } = event
    const approval = event.type === 'annal.VersionDeployed' ? approvals[String(data.version)] : undefined
    story.quote({ ...event, time: moved(time), data: { ...movedDates(data, days), ...(approval && { approval }) } })
  }
  const at = (text: string) => Date.parse(moved(text))
  release(story, '7', at('2026-03-23T09:00:00.000Z'), at('2026-12-31T00:00:00.000Z'))
  release(story, '8', at('2026-05-28T09:00:00.000Z'), at('2027-05-31T00:00:00.000Z'))
  const systems = ['credit-scoring']
  story.decide(at('2026-04-15T11:20:00.000Z'), 'lewandowski', 'IncidentTriaged', {
    incident: 'inc-2026-014',
    severity: 'high',
    serious: true,
    assignee: 'model-risk',
    rationale: 'Applicants were treated unequally; Union law that protects fundamental rights may be breached.',
    systems,
  })
  const limits = { incident: 'inc-2026-014', system: 'limit-setting' }
  const desk = 'retail-bank/incident-desk'
  story.observe(at('2026-04-15T15:00:00.000Z'), desk, 'SystemImplicated', { ...limits, reason: 'It may read the same income feed.' })
  story.observe(at('2026-04-16T08:00:00.000Z'), desk, 'SystemCleared', { ...limits, reason: 'It takes incomes from the tax feed.' })
  story.decide(at('2026-05-06T13:00:00.000Z'), 'voss', 'IncidentClosed', {
    incident: 'inc-2026-014',
    rootCause: 'A supplier changed the unit of a field without notice, and no test looked at its range.',
    lessons: 'Ranges of all inputs are checked on arrival; suppliers announce changes 30 days ahead.',
    systems,
  })
  story.decide(at('2026-06-20T10:00:00.000Z'), 'lewandowski', 'ModelRetired', {
    model: 'cs',
    version: '7',
    reason: 'Version 8 has served all traffic since the beginning of the month.',
    replacedBy: 'cs@8',
    systems,
  })
}

function release(story: Story, version: string, at: number, expires: number): void {
  const approval = `cs-release-${version}`
  const subject = `model:cs@${version}`
  const systems = ['credit-scoring']
  story.observe(at, 'retail-bank/release-pipeline', 'ApprovalRequested', {
    approval,
    subject,
    subjectVersion: 0,
    gate: 'release',
    quorum: 2,
    approvers: [person('brandt'), person('lewandowski'), person('okafor')],
    requester: person('moreau'),
    expiresAt: instant(expires),
    reason: `Version ${version} passed its tests; the deployment is planned for next week.`,
    systems,
  })
  story.decide(at + 1.1 * DAY, 'brandt', 'ApprovalGiven', {
    approval,
    subject,
    reason: 'The business case holds; refusals stay confirmed by people.',
    systems,
  })
  story.decide(at + 2.2 * DAY, 'lewandowski', 'ApprovalGiven', { approval, subject, reason: 'Both bias audits were looked at.', systems })
}

function events(): StoryEvent[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return files.sort().flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
}

/** Dates and instants anywhere in the data, moved by so many days; versions such as `2026-02` stay as they are. */
function movedDates<Value>(value: Value, days: number): Value {
  if (typeof value === 'string')
    return value.replace(/^\d{4}-\d\d-\d\d(?=T|$)/, (day) => instant(Date.parse(day) + days * DAY).slice(0, 10)) as Value
  if (Array.isArray(value)) return value.map((item) => movedDates(item, days)) as Value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, movedDates(member, days)])) as Value
}
