import { person } from './people.ts'
import { DAY, date, digest, document, instant, type Story } from './story.ts'
import { systems } from './systems.ts'

/** Policies, gates, templates and suppliers; what people settle by decision; tasks; and what is approved for a system as a whole. */
export function governance(story: Story): void {
  rules(story)
  suppliers(story)
  readiness(story)
  approvals(story)
  waivers(story)
  tasks(story)
}

const policies = [
  ['ai-use', 'Policy on the use of AI systems', 'voss', 1],
  ['incident-response', 'Incidents of AI systems', 'moreau', 6],
  ['log-retention', 'Retention of logs', 'voss', 9],
  ['model-lifecycle', 'From the idea to retirement', 'lewandowski', 12],
] as const

function rules(story: Story): void {
  for (const [policy, title, by, day] of policies) {
    const adopt = (version: number, on: number, more: object) => {
      const at = story.workday(on, 10)
      story.decide(at, by, version === 1 ? 'PolicyAdopted' : 'PolicyRevised', {
        policy,
        version: `${version}`,
        title,
        owner: 'chief-risk-officer',
        document: document(`policies/${policy}-${version}.pdf`),
        effectiveOn: date(at + 14 * DAY),
        reviewDue: date(at + 365 * DAY),
        ...more,
      })
    }
    adopt(1, day, {})
    if (policy !== 'log-retention')
      adopt(2, day + 372, {
        changes: policy === 'ai-use' ? 'Agents that act on accounts need a human checkpoint.' : 'Shorter, with the lessons of the year.',
      })
  }
  story.decide(story.workday(2, 15), 'voss', 'CatalogueAdopted', {
    catalogue: 'eu-ai-act',
    version: '2026',
    sha256: digest('eu-ai-act-2026'),
    effectiveOn: date(story.on(10, 0)),
  })
  for (const version of [1, 2])
    story.decide(story.workday(version === 1 ? 3 : 250, 11), 'lewandowski', 'TemplatePublished', {
      template: 'ai-risk-basic',
      version: `${version}`,
      title: 'Basic AI risk assessment',
      questions: [
        {
          question: 'affects-access-to-services',
          text: 'Does the output decide on access to an essential service?',
          weight: 2,
          choices: [
            { answer: 'yes', score: 20 },
            { answer: 'no', score: 0 },
          ],
        },
        {
          question: 'human-can-override',
          text: 'Can a person decide otherwise before anything happens?',
          weight: 1,
          choices: [
            { answer: 'always', score: 0 },
            { answer: 'sometimes', score: 10 },
            { answer: 'never', score: 25 },
          ],
        },
        {
          question: 'vulnerable-people',
          text: 'Are people concerned who need protection?',
          weight: 1,
          choices: [
            { answer: 'none', score: 2 },
            { answer: 'some', score: 12 },
          ],
        },
      ],
      bands: [
        { from: 0, residual: 'low' },
        { from: 30, residual: 'medium' },
        { from: 60, residual: 'high' },
      ],
    })
  story.decide(story.workday(5, 11), 'lewandowski', 'GateDefined', {
    gate: 'release',
    version: '1',
    title: 'Release to production',
    before: 'deployment',
    evidence: ['performance-evaluation', 'model-card'],
    approvals: 2,
    enforced: true,
  })
  story.decide(story.workday(160, 11), 'lewandowski', 'GateDefined', {
    gate: 'release',
    version: '2',
    title: 'Release to production',
    before: 'deployment',
    evidence: ['performance-evaluation', 'bias-audit', 'model-card'],
    approvals: 2,
    enforced: true,
  })
}

function suppliers(story: Story): void {
  const assess = (supplier: string, day: number, outcome: string, findings: string, systemsOf: readonly string[]) =>
    story.observe(story.workday(day, 14), 'procurement/suppliers', 'SupplierAssessed', {
      supplier,
      outcome,
      findings,
      checks: [
        { check: 'copyright policy published', passed: outcome !== 'rejected' },
        { check: 'incident channel within 24 h', passed: outcome === 'approved' },
      ],
      validUntil: date(story.on(day + 330, 0)),
      systems: systemsOf,
    })
  assess('acme-llm', 55, 'approved_with_conditions', 'A contact for incidents has to be named in the contract.', ['support-assistant'])
  assess('acme-llm', 384, 'approved', 'All conditions are met.', ['support-assistant'])
  assess('talentsoft', 18, 'approved_with_conditions', 'The supplier discloses training data in summary only.', [
    'cv-screening',
    'shift-planning',
  ])
  assess('mood-metrics', 88, 'rejected', 'It recognises emotions at the workplace, which is prohibited.', [])
}

const items = {
  technical: ['monitoring', 'security', 'backup-dr'],
  operational: ['runbooks', 'incident-response'],
  business: ['training', 'communications'],
  governance: ['risk-assessment', 'ethics-review', 'audit-trail'],
} as const

function readiness(story: Story): void {
  for (const { system, live, tier } of systems) {
    if (tier === 'bronze') continue
    let day = live - 16
    for (const [list, names] of Object.entries(items))
      for (const item of names) {
        const waived = system === 'churn-prediction' && item === 'backup-dr'
        story.decide(story.workday(day, 9 + (day % 7), 20), list === 'governance' ? 'lewandowski' : 'moreau', 'ReadinessItemSettled', {
          system,
          list,
          item,
          outcome: waived ? 'waived' : 'met',
          reason: waived ? 'Scores can be computed anew within an hour.' : 'Looked at together with the owner.',
        })
        day += 1
      }
  }
}

/** Approvals of systems: granted, overtaken by a change, run out, refused. */
function approvals(story: Story): void {
  const ask = (approval: string, system: string, day: number, days: number) => {
    const at = story.workday(day, 9)
    story.observe(at, 'compliance/approvals', 'ApprovalRequested', {
      approval,
      subject: `aisystem:${system}`,
      subjectVersion: 0,
      gate: 'go-live',
      quorum: 2,
      approvers: [person('voss'), person('okafor'), person('ferrer')],
      requester: person('moreau'),
      expiresAt: instant(at + days * DAY),
      systems: [system],
    })
    return { at, decision: { approval, subject: `aisystem:${system}`, systems: [system] } }
  }
  const granted = (approval: string, system: string, day: number, days: number) => {
    const { at, decision } = ask(approval, system, day, days)
    story.decide(at + 0.8 * DAY, 'okafor', 'ApprovalGiven', { ...decision, reason: 'The impact assessment is complete.' })
    story.decide(at + 1.2 * DAY, 'voss', 'ApprovalGiven', decision)
  }
  granted('golive-assistant', 'support-assistant', 132, 365)
  granted('golive-assistant-2', 'support-assistant', 330, 365)
  granted('golive-cv', 'cv-screening', 104, 180)
  granted('golive-triage', 'medical-triage', 158, 365)
  const refused = ask('golive-cv-2', 'cv-screening', 428, 120)
  story.decide(refused.at + 1.1 * DAY, 'okafor', 'ApprovalRefused', {
    ...refused.decision,
    reason: 'Nobody has shown that applications in the new languages are ranked alike.',
  })
  ask('golive-triage-2', 'medical-triage', 541, 60)
  ask('golive-beds', 'bed-planning', 225, 30)
}

function waivers(story: Story): void {
  story.decide(story.workday(112, 15), 'voss', 'ObligationWaived', {
    system: 'cv-screening',
    obligation: 'art-27.1',
    until: date(story.on(172, 0)),
    reason: 'The pilot ranks closed vacancies only; the assessment is due before it ends.',
  })
  story.decide(story.workday(505, 15), 'voss', 'ObligationWaived', {
    system: 'limit-setting',
    obligation: 'art-11.1',
    until: date(story.on(600, 0)),
    reason: 'The technical documentation is being rewritten after the merger of two units.',
  })
}

function tasks(story: Story): void {
  const task = (id: string, about: string, day: number, due: number, done: number | null) => {
    story.observe(story.workday(day, 9), 'compliance/tasks', 'TaskOpened', {
      task: id,
      for: about,
      due: instant(story.on(due, 22)),
      assignee: 'model-risk',
      instruction: 'Look at it again, and say what changed.',
    })
    if (done !== null) story.observe(story.workday(done, 16), 'compliance/tasks', 'TaskDone', { task: id, outcome: 'done', for: about })
  }
  task('renew-fria-limits', 'aisystem:limit-setting', 410, 452, 447)
  task('renew-docs-triage', 'aisystem:medical-triage', 372, 393, 399)
  task('test-languages-cv', 'aisystem:cv-screening', 441, 480, 486)
  task('rewrite-docs-limits', 'aisystem:limit-setting', 506, 541, null)
  task('repair-contracts-feed', 'dataset:contracts', 539, 553, null)
}
