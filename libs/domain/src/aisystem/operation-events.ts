import { defineEvent } from '../define-event.ts'
import { period } from '../recurring-fields.ts'
import { optional } from '../schema/containers.ts'
import { dataSubject, eventRef, maybeVersionedRef, party, ref, slug } from '../schema/id-fields.ts'
import { flag, number, share, whole } from '../schema/number-fields.ts'
import { digest, freeText, text, word } from '../schema/text-fields.ts'
import { duration, instant } from '../schema/time-fields.ts'

const system = ref('aisystem', 'The AI system, by the id that the sender gave it.')
const streamId = (data: { system: string }) => data.system

export const feedbackRecorded = defineEvent({
  name: 'FeedbackRecorded',
  stream: 'aisystem',
  description: 'How an AI system is taken up and liked in a phase of its rollout.',
  summary: 'Feedback on {system} in {phase}: adoption {adoption}[, satisfaction {satisfaction}].',
  fields: () => ({
    system,
    phase: word('RolloutPhase', ['limited_beta', 'expanded_pilot', 'gradual_rollout', 'full_production'], 'The phase of the rollout.'),
    adoption: share('The share of the intended users who use it, 0–1.'),
    satisfaction: optional(share('How satisfied they are, 0–1.')),
    responses: optional(whole('How many people answered.')),
    comments: optional(freeText('What they said.')),
  }),
  example: { system: 'credit-scoring', phase: 'expanded_pilot', adoption: 0.62, satisfaction: 0.81, responses: 48 },
  streamId,
})

export const availabilityMeasured = defineEvent({
  name: 'AvailabilityMeasured',
  stream: 'aisystem',
  description: 'The measured availability of an AI system in a window, against its target.',
  summary: '{system} was available {share} of the time, target {target}.',
  fields: () => ({
    system,
    window: period('The window measured.'),
    share: share('The share of the window in which it was available, 0–1.'),
    target: share('The share that was promised, 0–1.'),
    latencyP95: optional(number('The 95th percentile of the response time in milliseconds.', { min: 0 })),
  }),
  example: {
    system: 'credit-scoring',
    window: { from: '2026-04-01T00:00:00.000Z', until: '2026-05-01T00:00:00.000Z' },
    share: 0.9994,
    target: 0.999,
    latencyP95: 84,
  },
  streamId,
})

export const recoveryTested = defineEvent({
  name: 'RecoveryTested',
  stream: 'aisystem',
  description: 'Recovery from a disaster was rehearsed.',
  summary: 'Recovery of {system} was tested: {passed?passed:failed}[, back after {recoveryTime}].',
  fields: () => ({
    system,
    scenario: text('What was rehearsed.'),
    passed: flag('Whether it met its objectives.'),
    recoveryTime: optional(duration('How long until it served again.')),
    recoveryTimeObjective: optional(duration('How long it may take.')),
    lostData: optional(duration('How much of the newest data was lost, as time.')),
    findings: optional(freeText('What was learnt.')),
  }),
  example: {
    system: 'credit-scoring',
    scenario: 'loss of the primary data centre',
    passed: true,
    recoveryTime: 'PT22M',
    recoveryTimeObjective: 'PT1H',
    lostData: 'PT0S',
  },
  streamId,
})

export const agentActionTaken = defineEvent({
  name: 'AgentActionTaken',
  stream: 'aisystem',
  description: 'An agent of an AI system acted by calling a tool, with the authority it had and the human checkpoint it passed.',
  summary: 'Agent {agent} of {system} called {tool}: {outcome}.',
  fields: () => ({
    system,
    agent: slug('The agent.'),
    tool: slug('The tool it called.'),
    authority: text('On what authority it acted: the scope, mandate or policy.'),
    inputSha256: digest('SHA-256 of what was handed to the tool; stored as an HMAC.'),
    outcome: word('AgentActionOutcome', ['succeeded', 'failed', 'refused', 'stopped'], 'What became of it.'),
    checkpoint: optional(
      word('HumanCheckpoint', ['approved', 'notified', 'sampled', 'none'], 'How a person was involved before the action took effect.'),
    ),
    approvedBy: optional(party('Who let it pass, if somebody did.')),
    modelVersion: optional(maybeVersionedRef('model', 'The model that chose the action.')),
    task: optional(slug('The task or conversation it belongs to.')),
    startedAt: optional(instant('When the call began.')),
    subject: optional(dataSubject('The person whom the action concerns.')),
    cause: optional(eventRef('The event that led to it.')),
  }),
  example: {
    system: 'support-assistant',
    agent: 'refund-agent',
    tool: 'issue-refund',
    authority: 'refunds up to 50 EUR without approval',
    inputSha256: '5d41402abc4b2a76b9719d911017c592ae34f0c1b2d3e4f5a6b7c8d9e0f1a2b3',
    outcome: 'succeeded',
    checkpoint: 'sampled',
    modelVersion: 'assistant-llm@2026-02-11',
    subject: 'sub_77aa41c9',
  },
  streamId,
})
