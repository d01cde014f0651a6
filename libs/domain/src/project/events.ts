import { defineEvent } from '../define-event.ts'
import { attachment } from '../recurring-fields.ts'
import { list, optional } from '../schema/containers.ts'
import { party, ref, slug, versionOf } from '../schema/id-fields.ts'
import { money, number } from '../schema/number-fields.ts'
import { displayName, freeText, text, word } from '../schema/text-fields.ts'
import { date } from '../schema/time-fields.ts'

const project = ref('project', 'The project, by the id that the sender gave it.')
const streamId = (data: { project: string }) => data.project
const systems = optional(list('The AI systems it brings.', ref('aisystem', 'An AI system.'), { max: 64 }))

const projectProposed = defineEvent({
  name: 'ProjectProposed',
  stream: 'project',
  description: 'A project was proposed for the portfolio.',
  summary: 'The project {name} ({project}) was proposed by {businessUnit}: {investment} for {expectedAnnualValue} a year.',
  fields: () => ({
    project,
    name: displayName('The name people know it by.'),
    businessUnit: text('The business unit it is for.'),
    impact: word('ProjectImpact', ['revenue', 'cost', 'risk_mitigation', 'innovation'], 'Where it pays.'),
    horizon: word('ProjectHorizon', ['quick_win', 'medium', 'long'], 'When it pays: 3–6 months, 6–12 months, longer.'),
    riskProfile: word('ProjectRisk', ['low', 'medium', 'high'], 'How risky it is.'),
    investment: money('What it costs.'),
    expectedAnnualValue: money('What it is expected to bring in a year.'),
    sponsor: optional(party('Who answers for it.')),
    committedBudget: optional(money('What has been committed.')),
    systems,
  }),
  example: {
    project: 'churn-prediction',
    name: 'Churn prediction',
    businessUnit: 'Sales',
    impact: 'revenue',
    horizon: 'quick_win',
    riskProfile: 'low',
    investment: { amount: '400000', currency: 'EUR' },
    expectedAnnualValue: { amount: '2100000', currency: 'EUR' },
    sponsor: 'head-of-sales',
    committedBudget: { amount: '250000', currency: 'EUR' },
  },
  streamId,
})

const points = (max: number, description: string) => number(description, { min: 0, max })

const projectScored = defineEvent({
  name: 'ProjectScored',
  stream: 'project',
  recordedBy: 'person',
  description: 'A project was scored, 100 points at most.',
  summary:
    'The project {project} was scored by {scorer}: value {businessValue}, alignment {strategicAlignment}, feasibility {technicalFeasibility}, resources {resourceRequirements}, risk {risk}.',
  fields: () => ({
    project,
    businessValue: points(30, 'Business value, of 30.'),
    strategicAlignment: points(20, 'Strategic alignment, of 20.'),
    technicalFeasibility: points(20, 'Technical feasibility, of 20.'),
    resourceRequirements: points(15, 'Resource requirements, of 15: more points for less need.'),
    risk: points(15, 'Risk, of 15: more points for less risk.'),
    scorer: party('Who scored.'),
    rationale: optional(freeText('Why.')),
  }),
  example: {
    project: 'churn-prediction',
    businessValue: 28,
    strategicAlignment: 18,
    technicalFeasibility: 19,
    resourceRequirements: 12,
    risk: 13,
    scorer: 'portfolio-board',
  },
  streamId,
})

const reason = freeText('Why.')

const projectFunded = defineEvent({
  name: 'ProjectFunded',
  stream: 'project',
  recordedBy: 'person',
  description: 'A project was given money.',
  summary: 'The project {project} was funded[ with {amount}].',
  fields: () => ({ project, amount: optional(money('What it gets.')), reason }),
  example: { project: 'churn-prediction', amount: { amount: '400000', currency: 'EUR' }, reason: 'Highest score of the quarter.' },
  streamId,
})

const projectDeferred = defineEvent({
  name: 'ProjectDeferred',
  stream: 'project',
  recordedBy: 'person',
  description: 'A project was put off.',
  summary: 'The project {project} was deferred[ until {revisitOn}].',
  fields: () => ({ project, reason, revisitOn: optional(date('The day it is looked at again.')) }),
  example: { project: 'store-vision', reason: 'Feasibility is open until the cameras are replaced.', revisitOn: '2026-10-01' },
  streamId,
})

const projectDeclined = defineEvent({
  name: 'ProjectDeclined',
  stream: 'project',
  recordedBy: 'person',
  description: 'A project was not approved.',
  summary: 'The project {project} was declined.',
  fields: () => ({ project, reason }),
  example: { project: 'mood-detection', reason: 'Emotion recognition at the workplace is prohibited (Art. 5(1)(f)).' },
  streamId,
})

const projectStopped = defineEvent({
  name: 'ProjectStopped',
  stream: 'project',
  recordedBy: 'person',
  description: 'A running project was stopped.',
  summary: 'The project {project} was stopped.',
  fields: () => ({ project, reason }),
  example: { project: 'lead-ranking', reason: 'No benefit realised after two quarters; among the lowest scores.' },
  streamId,
})

const kpi = slug('The KPI, unique within the project.')

const kpiDefined = defineEvent({
  name: 'KpiDefined',
  stream: 'project',
  description: 'What a project is measured by.',
  summary: 'KPI {kpi} of project {project}: from {baseline} to {target} {unit}.',
  fields: () => ({
    project,
    kpi,
    unit: text('The unit.', 40),
    direction: word('KpiDirection', ['up', 'down'], 'Which way is good.'),
    baseline: number('The value at the start.'),
    target: number('The value to be reached.'),
    due: optional(date('The day by which it is to be reached.')),
  }),
  example: {
    project: 'churn-prediction',
    kpi: 'monthly-churn',
    unit: '%',
    direction: 'down',
    baseline: 2.4,
    target: 1.9,
    due: '2026-12-31',
  },
  streamId,
})

const kpiMeasured = defineEvent({
  name: 'KpiMeasured',
  stream: 'project',
  description: 'A KPI was measured.',
  summary: 'KPI {kpi} of project {project} is {value}.',
  fields: () => ({ project, kpi, value: number('The value.'), measuredOn: optional(date('The day it stands for.')) }),
  example: { project: 'churn-prediction', kpi: 'monthly-churn', value: 2.1, measuredOn: '2026-06-30' },
  streamId,
})

const benefitRealised = defineEvent({
  name: 'BenefitRealised',
  stream: 'project',
  description: 'A benefit of a project was realised, not only expected.',
  summary: 'The project {project} realised {amount} of {kind}.',
  fields: () => ({
    project,
    amount: money('The benefit.'),
    kind: word('BenefitKind', ['revenue', 'cost_saving', 'risk_reduction', 'other'], 'What kind of benefit.'),
    periodFrom: optional(date('The first day it stands for.')),
    periodUntil: optional(date('The last day it stands for.')),
    confirmedBy: optional(party('Who confirmed the figure.')),
  }),
  example: {
    project: 'churn-prediction',
    amount: { amount: '180000', currency: 'EUR' },
    kind: 'revenue',
    periodFrom: '2026-04-01',
    periodUntil: '2026-06-30',
    confirmedBy: 'finance-control',
  },
  streamId,
})

const gateFields = {
  project,
  phase: word('ProjectPhase', ['idea', 'proof_of_concept', 'pilot', 'production', 'scale'], 'The phase that the gate opens.'),
  gate: optional(ref('gate', 'The gate, as it is defined.')),
  gateVersion: optional(versionOf('gate', 'gate', 'The version of its definition.')),
  document: optional(attachment('The minutes or report.')),
}

const gatePassed = defineEvent({
  name: 'GatePassed',
  stream: 'project',
  recordedBy: 'person',
  description: 'A project passed a gate.',
  summary: 'The project {project} passed the gate to {phase}.',
  fields: () => ({ ...gateFields, reason: optional(reason) }),
  rule: ['gate', 'expected the gate whose version is given', ({ gate, gateVersion }) => gate !== undefined || gateVersion === undefined],
  example: {
    project: 'churn-prediction',
    phase: 'pilot',
    gate: 'project-pilot',
    gateVersion: '1',
    reason: 'The proof of concept beat the baseline by 11 %.',
  },
  streamId,
})

const gateFailed = defineEvent({
  name: 'GateFailed',
  stream: 'project',
  recordedBy: 'person',
  description: 'A project did not pass a gate.',
  summary: 'The project {project} failed the gate to {phase}.',
  fields: () => ({ ...gateFields, reason }),
  rule: ['gate', 'expected the gate whose version is given', ({ gate, gateVersion }) => gate !== undefined || gateVersion === undefined],
  example: { project: 'store-vision', phase: 'production', reason: 'Accuracy at dusk stays below the bound.' },
  streamId,
})

const projectDelivered = defineEvent({
  name: 'ProjectDelivered',
  stream: 'project',
  description: 'A project delivered its systems.',
  summary: 'The project {project} was delivered with {systems#system|systems}.',
  fields: () => ({
    project,
    systems: list('The AI systems it delivered.', ref('aisystem', 'An AI system.'), { min: 1, max: 64 }),
    deliveredOn: optional(date('The day.')),
  }),
  example: { project: 'churn-prediction', systems: ['churn-scores'], deliveredOn: '2026-06-15' },
  streamId,
})

/** What is recorded about a project of the portfolio. */
export const projectEvents = [
  projectProposed,
  projectScored,
  projectFunded,
  projectDeferred,
  projectDeclined,
  projectStopped,
  kpiDefined,
  kpiMeasured,
  benefitRealised,
  gatePassed,
  gateFailed,
  projectDelivered,
] as const
