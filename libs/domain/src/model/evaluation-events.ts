import { defineEvent } from '../define-event.ts'
import { attachment, concernedSystems } from '../recurring-fields.ts'
import { list, object, optional } from '../schema/containers.ts'
import { maybeVersionedRef, ref, versionOf } from '../schema/id-fields.ts'
import { numbers } from '../schema/map-fields.ts'
import { flag, number, share, whole } from '../schema/number-fields.ts'
import { freeText, text, word } from '../schema/text-fields.ts'

const model = ref('model', 'The model, by the id that the sender gave it.')
const version = versionOf('model', 'model', 'The version that was looked at.')
const dataset = maybeVersionedRef('dataset', 'The dataset version it was measured on.')
const streamId = (data: { model: string }) => data.model

export const modelEvaluated = defineEvent({
  name: 'ModelEvaluated',
  stream: 'model',
  evidence: ['performance-evaluation'],
  description: 'A model version was tested against metrics set beforehand (Art. 15).',
  summary: 'Model {model} {version} was evaluated on {dataset}: {passed?passed:failed}.',
  fields: () => ({
    model,
    version,
    dataset,
    metrics: numbers('The metrics by name.'),
    thresholds: optional(numbers('The bounds set beforehand, by metric.')),
    passed: flag('Whether all bounds were kept.'),
    document: optional(attachment('The report.')),
    systems: concernedSystems(),
  }),
  example: {
    model: 'cs',
    version: '7',
    dataset: 'loans-holdout@2026-02',
    metrics: { auc: 0.871, ks: 0.405 },
    thresholds: { auc: 0.85 },
    passed: true,
    systems: ['credit-scoring'],
  },
  streamId,
})

export const biasAudited = defineEvent({
  name: 'BiasAudited',
  stream: 'model',
  evidence: ['bias-audit'],
  description: 'A model version was examined for bias by a protected attribute (Art. 10(2)(f)).',
  summary: 'Bias audit of {model} {version} by {protectedAttribute}, {metric}: {passed?passed:failed} over {groups#group|groups}.',
  fields: () => ({
    model,
    version,
    protectedAttribute: text('The protected attribute: gender, age, ethnic origin …', 100),
    metric: text('The fairness metric, such as selection_rate or equal_opportunity.', 100),
    groups: list(
      'The groups compared.',
      object('A group.', {
        group: text('The group.', 100),
        value: number("The metric's value in it."),
        n: whole('How many people it holds.'),
      }),
      { min: 1, max: 200 },
    ),
    threshold: number('The bound that the ratio or difference must keep.'),
    passed: flag('Whether it was kept.'),
    auditor: optional(freeText('Who audited: a person or an organisation.', 200)),
    dataset: optional(dataset),
    findings: optional(freeText('What was found.')),
    document: optional(attachment('The report.')),
    systems: concernedSystems(),
  }),
  example: {
    model: 'cs',
    version: '7',
    protectedAttribute: 'gender',
    metric: 'selection_rate',
    groups: [
      { group: 'f', value: 0.41, n: 1200 },
      { group: 'm', value: 0.47, n: 1300 },
    ],
    threshold: 0.8,
    passed: true,
    auditor: 'Fairness Lab, University of Łódź',
    systems: ['credit-scoring'],
  },
  streamId,
})

export const explainabilityAnalysed = defineEvent({
  name: 'ExplainabilityAnalysed',
  stream: 'model',
  description: 'What drives the output of a model version was analysed (Art. 13(3)(b)(iv)).',
  summary: 'Explainability of {model} {version} was analysed with {method}.',
  fields: () => ({
    model,
    version,
    method: text('The method, such as SHAP.', 100),
    importances: optional(numbers('The importance of each input, by name.')),
    dataset: optional(dataset),
    findings: optional(freeText('What was found.')),
    document: optional(attachment('The report.')),
    systems: concernedSystems(),
  }),
  example: {
    model: 'cs',
    version: '7',
    method: 'SHAP',
    importances: { debt_to_income: 0.31, months_employed: 0.18, late_payments: 0.27 },
    systems: ['credit-scoring'],
  },
  streamId,
})

export const robustnessTested = defineEvent({
  name: 'RobustnessTested',
  stream: 'model',
  evidence: ['robustness-test'],
  description: 'A model version was tested under errors, faults, shift or misuse (Art. 15(4)).',
  summary: 'Robustness of {model} {version} under {scenario}: {passed?passed:failed}.',
  fields: () => ({
    model,
    version,
    scenario: text('What it was put through.'),
    metrics: optional(numbers('What was measured, by name.')),
    passed: flag('Whether it held.'),
    findings: optional(freeText('What was found.')),
    document: optional(attachment('The report.')),
    systems: concernedSystems(),
  }),
  example: {
    model: 'cs',
    version: '7',
    scenario: '5 % missing incomes, 2 % swapped columns',
    metrics: { auc_drop: 0.012 },
    passed: true,
    systems: ['credit-scoring'],
  },
  streamId,
})

export const securityScanned = defineEvent({
  name: 'SecurityScanned',
  stream: 'model',
  evidence: ['security-test'],
  description: 'A model version was tested or scanned for weaknesses, attacks particular to AI included (Art. 15(5)).',
  summary: 'Security of {model} {version} was tested for {attack}: {passed?passed:failed}[, {findings#finding|findings}].',
  fields: () => ({
    model,
    version,
    attack: text('What was tried: prompt injection, data poisoning, model extraction, a scan of the artefact …'),
    tool: optional(text('The tool and its version.')),
    passed: flag('Whether nothing was found above the accepted severity.'),
    findings: optional(
      list(
        'What was found.',
        object('A finding.', {
          id: text('Its number, such as a CVE.', 100),
          severity: word('FindingSeverity', ['low', 'medium', 'high', 'critical'], 'How grave it is.'),
          fix: optional(freeText('What was done about it.')),
        }),
      ),
    ),
    document: optional(attachment('The report.')),
    systems: concernedSystems(),
  }),
  example: {
    model: 'assistant-llm',
    version: '2026-02-11',
    attack: 'prompt injection through retrieved documents',
    tool: 'redteam-suite 2.4',
    passed: false,
    findings: [{ id: 'PI-014', severity: 'medium', fix: 'Retrieved text is fenced and its instructions are ignored.' }],
    systems: ['support-assistant'],
  },
  streamId,
})

export const groundednessMeasured = defineEvent({
  name: 'GroundednessMeasured',
  stream: 'model',
  evidence: ['performance-evaluation'],
  description: 'How far the answers of a model version rest on what it retrieved.',
  summary: 'Groundedness of {model} {version}: {score}, hallucination rate {hallucinationRate} over {sample} answers.',
  fields: () => ({
    model,
    version,
    score: share('The share of statements that their sources support, 0–1.'),
    hallucinationRate: share('The share of answers with a statement that no source supports, 0–1.'),
    sample: whole('How many answers were looked at.', { min: 1 }),
    passed: optional(flag('Whether the bounds were kept.')),
    systems: concernedSystems(),
  }),
  example: {
    model: 'assistant-llm',
    version: '2026-02-11',
    score: 0.94,
    hallucinationRate: 0.021,
    sample: 500,
    passed: true,
    systems: ['support-assistant'],
  },
  streamId,
})

export const challengerCompared = defineEvent({
  name: 'ChallengerCompared',
  stream: 'model',
  evidence: ['performance-evaluation'],
  description: 'A challenger was compared with the version in use.',
  summary: 'Model {model}: {challenger} was compared with {champion} by {metric}; {winner} won.',
  fields: () => ({
    model,
    champion: maybeVersionedRef('model', 'The version in use, as in cs@7.'),
    challenger: maybeVersionedRef('model', 'The version that wants its place.'),
    metric: text('The metric that decides.', 100),
    championValue: optional(number("The champion's value.")),
    challengerValue: optional(number("The challenger's value.")),
    winner: word('ComparisonWinner', ['champion', 'challenger', 'neither'], 'Which of them did better.'),
    sample: optional(whole('How many cases were compared.')),
    systems: concernedSystems(),
  }),
  example: {
    model: 'cs',
    champion: 'cs@7',
    challenger: 'cs@8',
    metric: 'auc',
    championValue: 0.871,
    challengerValue: 0.879,
    winner: 'challenger',
    sample: 20000,
    systems: ['credit-scoring'],
  },
  streamId,
})
