import { DAY, date, digest, instant, type Story } from './story.ts'
import { sampleSystem } from './systems.ts'

/** [project, name, unit, impact, horizon, risk, investment, value a year, proposed on day, its system or null, KPI, unit, baseline, target] */
const projects = [
  [
    'churn',
    'Churn prediction',
    'Customer operations',
    'revenue',
    'quick_win',
    'low',
    400_000,
    2_100_000,
    1,
    'churn-prediction',
    'monthly-churn',
    '%',
    2.4,
    1.9,
  ],
  [
    'fraud',
    'Card fraud detection',
    'Retail banking',
    'risk_mitigation',
    'quick_win',
    'medium',
    900_000,
    3_400_000,
    1,
    'fraud-detection',
    'fraud-loss',
    'bp',
    7.1,
    4.5,
  ],
  [
    'demand',
    'Demand forecasting',
    'Supply chain',
    'cost',
    'quick_win',
    'low',
    350_000,
    1_600_000,
    2,
    'demand-forecasting',
    'stock-outs',
    '%',
    4.8,
    3.2,
  ],
  [
    'assistant',
    'Support assistant',
    'Customer operations',
    'cost',
    'medium',
    'medium',
    1_200_000,
    2_900_000,
    30,
    'support-assistant',
    'solved-without-person',
    '%',
    18,
    45,
  ],
  [
    'triage',
    'Medical triage',
    'Health services',
    'risk_mitigation',
    'long',
    'high',
    1_500_000,
    1_100_000,
    5,
    'medical-triage',
    'time-to-nurse',
    'min',
    11,
    6,
  ],
  [
    'maintenance',
    'Predictive maintenance',
    'Supply chain',
    'cost',
    'medium',
    'low',
    500_000,
    800_000,
    50,
    'predictive-maintenance',
    'unplanned-stops',
    'per month',
    14,
    8,
  ],
  [
    'screening',
    'CV screening',
    'Human resources',
    'cost',
    'medium',
    'high',
    300_000,
    350_000,
    12,
    'cv-screening',
    'time-to-shortlist',
    'days',
    9,
    4,
  ],
  [
    'mood',
    'Mood of service agents',
    'Human resources',
    'innovation',
    'quick_win',
    'high',
    150_000,
    200_000,
    84,
    null,
    'turnover',
    '%',
    21,
    17,
  ],
  [
    'store-vision',
    'Shelves by camera',
    'Supply chain',
    'innovation',
    'long',
    'medium',
    700_000,
    900_000,
    200,
    null,
    'empty-shelves',
    '%',
    6,
    3,
  ],
] as const

/** What is invested and what comes of it; components that are used again; reviews and maturity. */
export function portfolio(story: Story): void {
  for (const project of projects) tellProject(story, project)
  components(story)
  reviews(story)
}

function tellProject(story: Story, of: (typeof projects)[number]): void {
  const [project, name, businessUnit, impact, horizon, riskProfile, investment, value, day, system, kpi, unit, baseline, target] = of
  const random = story.random(`project/${project}`)
  const money = (amount: number) => ({ amount: amount.toFixed(2), currency: 'EUR' })
  const source = 'portfolio/office'
  story.observe(story.workday(day, 13), source, 'ProjectProposed', {
    project,
    name,
    businessUnit,
    impact,
    horizon,
    riskProfile,
    investment: money(investment),
    expectedAnnualValue: money(value),
    sponsor: 'head-of-unit',
    committedBudget: money(investment * 0.6),
    ...(system !== null && { systems: [system] }),
  })
  story.observe(story.workday(day + 2, 13), source, 'KpiDefined', {
    project,
    kpi,
    unit,
    direction: target > baseline ? 'up' : 'down',
    baseline,
    target,
    due: date(story.on(day + 400, 0)),
  })
  if (system === null) return
  const { live } = sampleSystem(system)
  const delivered = live + 60
  if (delivered < story.days)
    story.observe(story.workday(delivered, 13), source, 'ProjectDelivered', {
      project,
      systems: [system],
      deliveredOn: date(story.workday(delivered, 13)),
    })
  for (const [i, { from, until, after }] of story.months(live).entries()) {
    const progress = Math.min(1.1, (i + 1) / 9) * (project === 'screening' ? 0.3 : 1)
    story.observe(after + 9 * 3_600_000, source, 'KpiMeasured', {
      project,
      kpi,
      value: Number((baseline + (target - baseline) * progress * random.between(0.85, 1.1, 2)).toFixed(2)),
      measuredOn: date(Date.parse(until) - DAY),
    })
    if (i % 3 !== 2 || project === 'screening') continue
    story.observe(after + 8 * DAY, source, 'BenefitRealised', {
      project,
      amount: money((value / 4) * Math.min(1, progress) * random.between(0.5, 0.95, 2)),
      kind: impact === 'revenue' ? 'revenue' : impact === 'cost' ? 'cost_saving' : 'risk_reduction',
      periodFrom: date(Date.parse(from) - 61 * DAY),
      periodUntil: date(Date.parse(until) - DAY),
      confirmedBy: 'finance-control',
    })
  }
}

const parts = [
  ['customer-features', 'Customer features', 'feature', ['churn-prediction', 'fraud-detection', 'limit-setting']],
  ['holiday-calendar', 'Calendar of holidays', 'data_pipeline', ['demand-forecasting', 'shift-planning', 'bed-planning']],
  [
    'drift-monitor',
    'Drift monitor',
    'deployment_template',
    ['churn-prediction', 'demand-forecasting', 'medical-triage', 'cv-screening', 'fraud-detection'],
  ],
  ['bias-audit-kit', 'Kit for bias audits', 'governance_template', ['cv-screening', 'limit-setting', 'medical-triage']],
  ['canary-rollout', 'Canary rollout', 'deployment_template', ['fraud-detection', 'churn-prediction', 'support-assistant']],
] as const

function components(story: Story): void {
  const random = story.random('components')
  for (const [i, [component, name, category, users]] of parts.entries()) {
    const source = 'platform/components'
    const day = 6 + i * 11
    for (const [n, version] of ['1.0.0', '2.0.0', '3.0.0'].entries()) {
      const on = day + n * 160
      story.observe(story.workday(on, 10), source, 'ComponentPublished', {
        component,
        name,
        category,
        version,
        owner: 'ai-platform',
        docs: `https://docs.nordlicht.example/components/${component}`,
        sha256: digest(`${component}@${version}`),
      })
      story.observe(story.workday(on + 1, 10), source, 'ComponentQualityMeasured', {
        component,
        version,
        metrics: { test_coverage: random.between(0.78, 0.96, 2) },
        passed: true,
      })
      if (n > 0)
        story.observe(story.workday(on + 30, 10), source, 'ComponentDeprecated', {
          component,
          version: `${n}.0.0`,
          replacedBy: `${component}@${version}`,
          sunset: date(story.on(on + 150, 0)),
        })
    }
    for (const [n, system] of users.entries())
      story.observe(story.workday(Math.max(day + 5 + n, sampleSystem(system).live - 10), 14), source, 'ComponentAdopted', {
        component,
        version: sampleSystem(system).live > day + 160 ? '2.0.0' : '1.0.0',
        system,
        computed: true,
      })
  }
}

const reviewTypes = [
  ['risk-review', 'risk', 'P1M', 30, 'open incidents, drift, waivers'],
  ['portfolio-review', 'portfolio', 'P1M', 30, 'progress and benefits'],
  ['steering', 'executive_steering', 'P3M', 91, 'direction and money'],
] as const

function reviews(story: Story): void {
  for (const [review, type, cadence, every, focus] of reviewTypes) {
    story.observe(story.workday(7, 9), 'portfolio/office', 'ReviewScheduled', {
      review,
      type,
      cadence,
      participants: ['chief-risk-officer', 'model-risk', 'heads-of-unit'],
      focus,
      firstOn: date(story.on(every, 0)),
    })
    for (let day: number = every, n = 1; day < story.days; day += every, n++) {
      // In one month nobody had time for the risk review.
      if (review === 'risk-review' && n === 11) continue
      const at = story.workday(day, 12)
      story.observe(at + 2 * 3_600_000, 'portfolio/office', 'ReviewHeld', {
        review,
        type,
        heldAt: instant(at),
        participants: ['@person/voss', '@person/lewandowski', '@person/moreau'],
        decisions: [n % 2 === 0 ? 'What is open was looked at; nothing is stopped.' : 'The next steps were agreed with the owners.'],
        actions: [{ action: 'Report on what is overdue.', owner: 'model-risk', due: date(at + 21 * DAY) }],
        minutesSha256: digest(`${review}/${n}`),
      })
    }
  }
  for (const [i, day] of [25, 210, 395, 530].entries())
    story.observe(story.workday(day, 11), 'portfolio/office', 'MaturityAssessed', {
      model: 'model_ops',
      level: Math.min(3, i + 1),
      assessor: 'model-risk',
      answers: [
        { question: 'monitoring-automated', level: Math.min(4, i + 1), note: 'Looked at system by system.' },
        { question: 'releases-approved', level: Math.min(3, i + 1) },
      ],
    })
}
