import type { Random } from './random.ts'
import { servingOn } from './releases.ts'
import { DAY, date, digest, instant, type Story } from './story.ts'
import { type SampleSystem, systems } from './systems.ts'

/** What systems in use do all day: decide, drift, cost money, and now and then stand still. */
export function running(story: Story): void {
  for (const system of systems) {
    decisions(story, system)
    drifts(story, system)
    monthly(story, system)
  }
  capacity(story)
}

function decisions(story: Story, at: SampleSystem): void {
  const { system, unit, live, decisionsAWeek, outcomes, kind } = at
  const random = story.random(`decisions/${system}`)
  let number = 0
  for (let week = live; week < story.days; week += 7)
    for (let i = 0; i < decisionsAWeek; i++) {
      const when = story.on(week + random.between(0, 6), random.between(7, 18), random.between(0, 59))
      if (when > story.end) continue
      const decisionId = `${system.slice(0, 3)}-${String(++number).padStart(6, '0')}`
      const outcome = random.pick(outcomes)
      const about = unit === 'supply' || kind === 'series' ? {} : { subject: `@subject/${unit} case ${random.between(1, 60)}` }
      const decision = { decisionId, system }
      story.observe(when, `${unit}/${system}`, 'DecisionMade', {
        ...decision,
        modelVersion: `${at.model}@${servingOn(at, (when - story.start) / DAY)}`,
        inputSha256: digest(`${decisionId}/in`),
        outputSha256: digest(`${decisionId}/out`),
        outcome,
        confidence: random.between(0.52, 0.99, 3),
        automated: unit === 'supply',
        ...about,
        ...(kind === 'language' && {
          retrieved: [{ source: 'handbook-index@1', document: `chapter-${random.between(1, 40)}`, score: random.between(0.7, 0.95, 2) }],
        }),
      })
      followUp(story, at, { ...decision, ...about }, { when, random })
    }
}

/** Some are checked by a person, and few of those are overridden; some people ask for an explanation. */
function followUp(
  story: Story,
  { system, unit, riskClass }: SampleSystem,
  about: object,
  { when, random }: { when: number; random: Random },
): void {
  const highRisk = riskClass.startsWith('high-risk')
  const common = { ...about, decidedOn: date(when) }
  if (random.chance(highRisk ? 0.4 : 0.12)) {
    const overridden = random.chance(0.13)
    const outcome = overridden ? 'overridden' : random.chance(0.06) ? 'escalated' : 'confirmed'
    story.observe(when + random.between(1, 30) * 3_600_000, `${unit}/${system}`, 'DecisionReviewed', {
      ...common,
      reviewer: 'case-workers',
      outcome,
      reason: random.pick(reasons[outcome]),
    })
  }
  if (!highRisk || !random.chance(0.05)) return
  const requestedAt = when + random.between(2, 9) * DAY
  const answeredAt = requestedAt + random.between(1, 6) * DAY
  story.observe(answeredAt, `${unit}/${system}`, 'ExplanationGiven', {
    ...common,
    requestedAt: instant(requestedAt),
    answeredAt: instant(answeredAt),
    factors: ['completeness of the file', 'recent changes'],
    channel: random.pick(['letter', 'portal', 'email']),
    explanation: 'What weighed most was named, in plain words, and whom to ask for another look.',
  })
}

const reasons = {
  confirmed: ['Checked against the file.', 'The reasons hold.', 'As a colleague would have decided.'],
  overridden: [
    'A recent change was not in the data yet.',
    'The document was read wrongly.',
    'The case is not of the kind that it was trained for.',
  ],
  escalated: ['Two rules contradict each other; the lead decides.'],
}

function drifts(story: Story, at: SampleSystem): void {
  const { system, unit, model, live, kind } = at
  const random = story.random(`drift/${system}`)
  for (let day = live + random.between(30, 80); day < story.days - 3; day += random.between(70, 150)) {
    const version = `${servingOn(at, day)}`
    const metric = kind === 'series' ? 'bias of the forecast' : kind === 'language' ? 'share of handovers' : 'psi'
    const common = { model, version, systems: [system] }
    const alert = story.observe(
      story.on(day, 6, random.between(0, 59)),
      `${unit}/model-monitoring`,
      'DriftDetected',
      {
        ...common,
        kind: random.pick(['data', 'data', 'concept']),
        metric,
        value: random.between(0.21, 0.36, 3),
        threshold: 0.2,
        window: 'P7D',
      },
      `model-${model}`,
    )
    // The last of some systems is still open.
    if (day > story.days - 60 && random.chance(0.6)) continue
    const how = random.pick(['recalibrated', 'source_repaired', 'harmless', 'retrained'] as const)
    if (how === 'retrained')
      story.observe(story.workday(day + 2, 9), `${unit}/model-monitoring`, 'RetrainingTriggered', {
        ...common,
        criterion: `${metric} above 0.2 for 7 days`,
        alert,
      })
    story.observe(story.workday(day + (how === 'retrained' ? 19 : random.between(1, 9)), 15), `${unit}/model-monitoring`, 'DriftResolved', {
      ...common,
      metric,
      how,
      alert,
      reason: resolutions[how],
    })
  }
}

const resolutions = {
  recalibrated: 'The calibration was fitted to the last eight weeks.',
  source_repaired: 'A feed had sent a field twice.',
  harmless: 'A public holiday; outcomes were not worse.',
  retrained: 'A version was trained on newer data.',
}

const targets = { bronze: 0.98, silver: 0.995, gold: 0.999, platinum: 0.9999 }

function monthly(story: Story, at: SampleSystem): void {
  const { system, unit, tier, live, monthly: cost, riskClass, registered } = at
  const random = story.random(`monthly/${system}`)
  const target = targets[tier]
  for (const [i, { from, until, after }] of story.months(registered).entries()) {
    const period = { from, until }
    const growth = 1 + i * 0.015
    story.observe(after + 3 * 3_600_000, 'platform/billing', 'CostRecorded', {
      resource: system === 'support-assistant' ? 'tokens' : 'compute',
      amount: { amount: (cost * growth * random.between(0.9, 1.12, 3)).toFixed(2), currency: 'EUR' },
      period,
      ...(system === 'support-assistant' && { quantity: random.between(210, 480) * 1_000_000, unit: 'tokens' }),
      tags: { unit, environment: 'production' },
      system,
      payer: at.owner,
    })
    if (after < story.on(live + 31, 0)) continue
    const share = random.chance(0.08) ? target - random.between(0.001, 0.006, 4) : Math.min(1, target + random.between(0, 1 - target, 5))
    story.observe(after + 4 * 3_600_000, `${unit}/model-monitoring`, 'AvailabilityMeasured', {
      system,
      window: period,
      share: Number(share.toFixed(5)),
      target,
      latencyP95: random.between(40, 420),
    })
    if (riskClass === 'minimal' && i % 3 !== 0) continue
    const within = !random.chance(0.12)
    story.observe(after + 56 * 3_600_000, `${unit}/model-monitoring`, 'MonitoringReported', {
      system,
      period,
      passed: within,
      indicators: [
        { name: 'overridden outcomes', value: `${random.between(1, within ? 6 : 14, 1)} %`, withinBounds: within },
        { name: 'complaints', value: `${random.between(0, 9)}`, withinBounds: true },
      ],
      ...(!within && { findings: 'More outcomes were overridden than agreed; a sample of fifty is looked at.' }),
    })
  }
  for (let day = live + 75; day < story.days; day += 120)
    story.observe(story.workday(day, 9), `${unit}/ai-inventory`, 'FeedbackRecorded', {
      system,
      phase: 'full_production',
      adoption: random.between(0.4, 0.92, 2),
      satisfaction: random.between(0.55, 0.9, 2),
      responses: random.between(12, 160),
    })
  if (tier === 'gold' || tier === 'platinum')
    for (let day = live + 50; day < story.days; day += 180)
      story.observe(story.workday(day, 20), 'platform/operations', 'RecoveryTested', {
        system,
        scenario: 'loss of the primary data centre',
        passed: !random.chance(0.2),
        recoveryTime: `PT${random.between(12, 70)}M`,
        recoveryTimeObjective: 'PT1H',
        lostData: 'PT0S',
      })
}

function capacity(story: Story): void {
  const random = story.random('capacity')
  for (const pool of ['serving-eu-1', 'batch-eu-1', 'gpu-eu-1'])
    for (const { from, until, after } of story.months(0)) {
      const utilisation = random.between(0.55, 0.86, 2)
      story.observe(after + 2 * 3_600_000, 'platform/operations', 'CapacityMeasured', {
        pool,
        min: 2,
        max: random.between(6, 18),
        utilisation,
        idle: Number((1 - utilisation).toFixed(2)),
        modelsPerPod: pool.startsWith('serving') ? random.between(6, 12) : 1,
        window: { from, until },
      })
    }
}
