import type { PersonKey } from './people.ts'
import { DAY, instant, type Story } from './story.ts'

const HOUR = 3_600_000

interface SampleIncident {
  readonly incident: string
  readonly day: number
  readonly title: string
  readonly category: string
  readonly severity: 'low' | 'medium' | 'high' | 'critical'
  readonly serious: boolean
  readonly systems: readonly string[]
  readonly affected?: number
  readonly cause?: string
  readonly triagedBy: PersonKey
  /** In force, of every system: what was done at once, and what for good. */
  readonly contained: string
  readonly corrected: string
  readonly notified?: readonly [authority: string, regime: string]
  /** Found to be concerned later, and to be concerned after all or not. */
  readonly implicated?: readonly [system: string, cleared: boolean]
  /** Null: still open at the end. */
  readonly closedAfter: number | null
  readonly closedBy: PersonKey
  readonly rootCause: string
  readonly lessons: string
}

const table: readonly SampleIncident[] = [
  {
    incident: 'inc-cards-held',
    day: 142,
    title: 'One in nine card payments was held for four hours after a rule was loaded twice',
    category: 'outage',
    severity: 'high',
    serious: false,
    systems: ['fraud-detection'],
    affected: 21_400,
    triagedBy: 'moreau',
    contained: 'The rules of the day before were loaded.',
    corrected: 'Rules carry a version, and the same one is loaded once.',
    closedAfter: 9,
    closedBy: 'voss',
    rootCause: 'A deployment was repeated by hand while the first was still running.',
    lessons: 'One way to production, and no second one beside it.',
  },
  {
    incident: 'inc-assistant-injection',
    day: 297,
    title: 'A page of the handbook told the assistant to give away a discount code, and it did',
    category: 'prompt-injection',
    severity: 'medium',
    serious: false,
    systems: ['support-assistant'],
    affected: 312,
    cause: 'dataset:handbook-index@3',
    triagedBy: 'lewandowski',
    contained: 'The page was taken out of the index; codes of the week were cancelled.',
    corrected: 'Retrieved text is fenced, and the index is scanned for instructions.',
    closedAfter: 24,
    closedBy: 'voss',
    rootCause: 'Anybody in the service desk could write into the handbook, and nobody looked at it before it was indexed.',
    lessons: 'The index is built from reviewed pages only.',
  },
  {
    incident: 'inc-calendar-feed',
    day: 334,
    title: 'A calendar without the regional holidays shifted the forecasts of three systems',
    category: 'outage',
    severity: 'medium',
    serious: false,
    systems: ['demand-forecasting', 'shift-planning'],
    implicated: ['bed-planning', false],
    cause: 'component:holiday-calendar@3.0.0',
    triagedBy: 'moreau',
    contained: 'Forecasts of the week were corrected by hand.',
    corrected: 'The calendar of the supplier is compared with the official one before it is used.',
    closedAfter: 17,
    closedBy: 'moreau',
    rootCause: 'The supplier changed its format, and missing days were read as working days.',
    lessons: 'A component that three systems share has tests of its own.',
  },
  {
    incident: 'inc-triage-hold',
    day: 389,
    title: 'Callers with chest pain were sorted as "today" after version 3 was given all traffic',
    category: 'death-or-health',
    severity: 'critical',
    serious: true,
    systems: ['medical-triage'],
    affected: 14,
    cause: 'model:triage@3',
    triagedBy: 'ferrer',
    contained: 'The nurses sort without it; version 2 is back; the callers of the day were called back one by one.',
    corrected: 'A version that loses sensitivity for any leading symptom is not released.',
    notified: ['Bundesinstitut für Arzneimittel und Medizinprodukte', 'ai_act'],
    closedAfter: 41,
    closedBy: 'voss',
    rootCause: 'The test data had no calls with chest pain from the new region.',
    lessons: 'Leading symptoms are tested one by one, for each region.',
  },
  {
    incident: 'inc-cv-language',
    day: 437,
    title: 'Applications in Polish were ranked far below others of the same content',
    category: 'bias',
    severity: 'high',
    serious: true,
    systems: ['cv-screening'],
    affected: 230,
    cause: 'model:cv-rank@3',
    triagedBy: 'lewandowski',
    contained: 'Recruiters see applications in the order in which they came.',
    corrected: 'Rates are compared by language; 230 applications were looked at anew.',
    notified: ['Bundesnetzagentur', 'ai_act'],
    closedAfter: 52,
    closedBy: 'voss',
    rootCause: 'Translated training data had lost the names of qualifications.',
    lessons: 'A new language is a substantial change, and is tested as one.',
  },
  {
    incident: 'inc-chat-export',
    day: 468,
    title: 'Chats of 1,900 customers stood in a test environment for eleven days',
    category: 'privacy',
    severity: 'high',
    serious: false,
    systems: ['support-assistant', 'complaint-routing'],
    affected: 1_900,
    triagedBy: 'lewandowski',
    contained: 'The environment was wiped, and its access log read.',
    corrected: 'Exports are masked before they leave production.',
    notified: ['Berliner Beauftragte für Datenschutz und Informationsfreiheit', 'gdpr'],
    closedAfter: 33,
    closedBy: 'voss',
    rootCause: 'A job copied production because the masked copy was late.',
    lessons: 'Nobody but the masking job may read chats for export.',
  },
  {
    incident: 'inc-churn-outdated',
    day: 538,
    title: 'Churn scores of the last three weeks were computed from contracts of the quarter before',
    category: 'outage',
    severity: 'medium',
    serious: false,
    systems: ['churn-prediction'],
    implicated: ['complaint-routing', true],
    cause: 'dataset:contracts@4',
    triagedBy: 'moreau',
    contained: 'Calls that were planned on these scores are stopped.',
    corrected: '',
    closedAfter: null,
    closedBy: 'moreau',
    rootCause: '',
    lessons: '',
  },
]

/** From the report to the closure; the last is still open. */
export function incidents(story: Story): void {
  for (const incident of table) tell(story, incident)
}

function tell(story: Story, at: SampleIncident): void {
  const { incident, systems, day } = at
  const random = story.random(`incident/${incident}`)
  const occurredAt = story.workday(day, random.between(6, 11), random.between(0, 59))
  const awareAt = occurredAt + random.between(1, 9) * HOUR
  const desk = 'incident-desk'
  story.observe(awareAt + 20 * 60_000, desk, 'IncidentReported', {
    incident,
    title: at.title,
    category: at.category,
    severity: at.severity,
    occurredAt: instant(occurredAt),
    awareAt: instant(awareAt),
    systems: [...systems],
    memberStates: ['DE'],
    ...(at.affected !== undefined && { personsAffected: at.affected }),
    ...(at.cause && { suspectedCause: at.cause }),
  })
  story.decide(awareAt + 1.5 * HOUR, at.triagedBy === 'ferrer' ? 'voss' : at.triagedBy, 'IncidentTriaged', {
    incident,
    severity: at.severity,
    serious: at.serious,
    assignee: 'model-risk',
    rationale: at.serious
      ? 'People may have been harmed or treated unequally; the authority is told.'
      : 'No harm to health or rights that the law names.',
    systems: [...systems],
  })
  const open = [...systems]
  if (at.implicated) implicate(story, at, awareAt, open)
  for (const [i, system] of open.entries())
    story.observe(awareAt + (2 + i) * HOUR, desk, 'ContainmentDone', { incident, system, action: at.contained })
  if (at.notified) notify(story, at, awareAt)
  if (at.closedAfter === null) return
  for (const [i, system] of open.entries())
    story.observe(awareAt + (at.closedAfter - 3) * DAY + i * HOUR, desk, 'CorrectiveActionDone', {
      incident,
      system,
      kind: 'corrected',
      action: at.corrected,
    })
  story.decide(story.workday(day + at.closedAfter, 14), at.closedBy, 'IncidentClosed', {
    incident,
    rootCause: at.rootCause,
    lessons: at.lessons,
    systems: open,
  })
}

function implicate(story: Story, { incident, implicated }: SampleIncident, awareAt: number, open: string[]): void {
  if (implicated === undefined) return
  const [system, cleared] = implicated
  story.observe(awareAt + 1.8 * HOUR, 'incident-desk', 'SystemImplicated', { incident, system, reason: 'It reads the same source.' })
  if (!cleared) open.push(system)
  else
    story.observe(awareAt + 26 * HOUR, 'incident-desk', 'SystemCleared', {
      incident,
      system,
      reason: 'It was built from the newer source; looked at record by record.',
    })
}

function notify(story: Story, { incident, notified, systems }: SampleIncident, awareAt: number): void {
  if (notified === undefined) return
  const [authority, regime] = notified
  for (const [kind, after] of [
    ['first', 2.5],
    ['complete', 18],
  ] as const)
    story.observe(awareAt + after * DAY, 'incident-desk', 'AuthorityNotified', {
      incident,
      authority,
      country: 'DE',
      kind,
      regime,
      reference: `${incident}-${kind}`,
      sentAt: instant(awareAt + after * DAY - HOUR),
      systems: [...systems],
    })
}
