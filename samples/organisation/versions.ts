import { person } from './people.ts'
import type { Random } from './random.ts'
import { type Fate, releasesOf } from './releases.ts'
import { DAY, date, digest, document, instant, type Story } from './story.ts'
import { type SampleSystem, systems } from './systems.ts'

/** Models with their datasets and versions, from training to deployment and retirement. */
export function versions(story: Story): void {
  for (const system of systems) {
    registerModel(story, system)
    let serving: number | null = null
    for (const { version, registered, asked, deployed, rolledBack, fate } of releasesOf(system)) {
      const random = story.random(`version/${system.model}@${version}`)
      dataVersion(story, system, version, registered - 6, random)
      train(story, system, { version, day: registered, serving, random })
      test(story, system, { version, day: registered, fate, random })
      if (fate !== 'unapproved') approve(story, system, { version, asked, fate })
      if (deployed === null) continue
      const widened = deploy(story, system, { version, deployed, rolledBack, fate })
      if (rolledBack !== null && serving !== null) {
        rollBack(story, system, { version, to: serving, day: rolledBack })
        continue
      }
      if (serving !== null) retire(story, system, { version: serving, by: version, day: widened + 30 })
      serving = version
    }
  }
}

function registerModel(
  story: Story,
  { model, modelName, task, owner, system, unit, registered, dataset, kind, metric }: SampleSystem,
): void {
  const at = story.workday(registered + 6, 9)
  const list = [system]
  story.observe(at, `${unit}/model-registry`, 'ModelRegistered', { model, name: modelName, task, owner, systems: list })
  story.observe(at + DAY, `${unit}/data-platform`, 'DatasetRegistered', {
    dataset,
    name: nameOf(dataset),
    source: `The systems of record of ${unit}.`,
    owner: `${unit}-data`,
    sensitivity: sensitivities[unit],
    region: 'eu',
    legalBasis: kind === 'series' ? 'not_personal' : 'contract',
    systems: list,
  })
  story.observe(at + DAY + 3_600_000, `${unit}/data-platform`, 'RetentionSet', {
    dataset,
    keep: 'P2Y',
    from: 'creation',
    afterwards: 'delete',
    policy: 'log-retention',
    systems: list,
  })
  story.decide(at + 4 * DAY, 'lewandowski', 'ThresholdSet', {
    model,
    metric: metric[0],
    direction: metric[1] > metric[2] ? 'at_most' : 'at_least',
    bound: metric[1],
    reason: 'Agreed in the model risk committee.',
    systems: list,
  })
}

function nameOf(dataset: string): string {
  const words = dataset.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const sensitivities = { 'retail-bank': 'pii', people: 'pii', service: 'pii', supply: 'none', health: 'phi' }

function dataVersion(story: Story, { dataset, system, unit, kind }: SampleSystem, version: number, day: number, random: Random): void {
  const at = story.workday(Math.max(1, day), 4)
  const systemsOf = [system]
  if (kind === 'language') {
    story.observe(at, `${unit}/data-platform`, 'IndexBuilt', {
      dataset,
      version: `${version}`,
      embeddingModel: `text-embedding@${version > 3 ? 3 : 2}`,
      sources: [`handbook@${version}`, `faq@${40 + version * 9}`],
      chunks: random.between(41_000, 58_000),
      systems: systemsOf,
    })
    const found = random.between(80, 900)
    story.observe(at + 3_600_000, `${unit}/data-platform`, 'PiiScanned', {
      dataset,
      version: `${version}`,
      found,
      masked: found,
      kinds: { email: random.between(20, 60), phone: random.between(10, 40) },
      tool: 'presidio 2.2',
      systems: systemsOf,
    })
    return
  }
  story.observe(at, `${unit}/data-platform`, 'DatasetVersioned', {
    dataset,
    version: `${version}`,
    sha256: digest(`${dataset}@${version}`),
    rows: random.between(40_000, 2_400_000),
    ...(version > 1 && { derivedFrom: [`${dataset}@${version - 1}`] }),
    transformation: 'New months added, duplicates removed, rows without an outcome left out.',
    systems: systemsOf,
  })
  story.observe(at + 1_800_000, `${unit}/lineage`, 'LineageReported', {
    producer: 'https://github.com/OpenLineage/OpenLineage/tree/1.24.2/integration/spark',
    eventType: 'COMPLETE',
    eventTime: instant(at + 1_700_000),
    job: { namespace: 'airflow://production', name: `${dataset}.build` },
    inputs: version > 1 ? [`${dataset}@${version - 1}`] : [],
    outputs: [`${dataset}@${version}`],
    body: { eventType: 'COMPLETE', job: { namespace: 'airflow://production', name: `${dataset}.build` } },
    systems: systemsOf,
  })
  const complete = random.between(0.962, 0.995, 3)
  story.observe(at + 3_600_000, `${unit}/data-platform`, 'DataQualityMeasured', {
    dataset,
    version: `${version}`,
    dimensions: { completeness: complete, duplicates: random.between(0.0001, 0.004, 4) },
    thresholds: { completeness: 0.97 },
    passed: complete >= 0.97,
    systems: systemsOf,
  })
}

interface Trained {
  readonly version: number
  readonly day: number
  readonly serving: number | null
  readonly random: Random
}

function train(
  story: Story,
  { model, system, unit, kind, dataset, metric }: SampleSystem,
  { version, day, serving, random }: Trained,
): void {
  const at = story.workday(day, 8)
  const list = [system]
  const value = random.between(metric[2] * 0.99, metric[2] * 1.01, 3)
  const source = `${unit}/model-registry`
  if (kind === 'language') {
    story.observe(at, source, 'ModelVersionRegistered', {
      model,
      version: `${version}`,
      artifact: {
        provider: 'acme-llm',
        model: 'acme-large',
        snapshot: `2025-${String(version + 3).padStart(2, '0')}`,
        promptSha256: digest(`prompt/${version}`),
      },
      index: `${dataset}@${version}`,
      systems: list,
    })
    return
  }
  if (version % 2 === 0)
    story.observe(at - DAY, source, 'ExperimentLogged', {
      model,
      experiment: `${model}-${version}-grid`,
      parameters: { learning_rate: '0.05', depth: `${5 + version}` },
      metrics: { [metric[0]]: value },
      trainedOn: [`${dataset}@${version}`],
      systems: list,
    })
  story.observe(at, source, 'ModelVersionRegistered', {
    model,
    version: `${version}`,
    artifact: { sha256: digest(`${model}@${version}`), uri: `s3://models/${model}/${version}/model.onnx` },
    ...(serving !== null && { derivedFrom: { model: `${model}@${serving}`, how: 'retrained' } }),
    codeCommit: digest(`${model}/${version}/code`).slice(0, 40),
    framework: 'LightGBM 4.5',
    trainedOn: [`${dataset}@${version}`],
    metrics: { [metric[0]]: value },
    systems: list,
  })
  if (serving === null) return
  story.observe(at + 2 * DAY, `${unit}/release-pipeline`, 'ChallengerCompared', {
    model,
    champion: `${model}@${serving}`,
    challenger: `${model}@${version}`,
    metric: metric[0],
    championValue: metric[2],
    challengerValue: value,
    winner: 'challenger',
    sample: 20_000,
    systems: list,
  })
}

interface Tested {
  readonly version: number
  readonly day: number
  readonly fate: Fate
  readonly random: Random
}

function test(story: Story, at: SampleSystem, { version, day, fate, random }: Tested): void {
  const { model, system, unit, metric, dataset, kind } = at
  const source = `${unit}/release-pipeline`
  const common = { model, version: `${version}`, systems: [system] }
  story.observe(story.workday(day, 9), source, 'StageEntered', { ...common, stage: 'validation' })
  story.observe(story.workday(day, 13), source, 'ModelEvaluated', {
    ...common,
    dataset: `${dataset}@${version}`,
    metrics: { [metric[0]]: random.between(metric[2] * 0.99, metric[2] * 1.01, 3) },
    thresholds: { [metric[0]]: metric[1] },
    passed: true,
  })
  if (kind === 'language') {
    const grounded = random.between(0.91, 0.96, 3)
    story.observe(story.workday(day + 1, 10), source, 'GroundednessMeasured', {
      ...common,
      score: grounded,
      hallucinationRate: random.between(0.012, 0.034, 3),
      sample: 500,
      passed: true,
    })
    story.observe(story.workday(day + 1, 16), source, 'SecurityScanned', {
      ...common,
      attack: 'prompt injection through retrieved documents',
      tool: 'redteam-suite 2.4',
      passed: fate !== 'failed-then-approved',
      findings:
        fate === 'failed-then-approved'
          ? [{ id: `PI-0${version}4`, severity: 'high', fix: 'Retrieved text is fenced and its instructions are ignored.' }]
          : [],
    })
    if (fate === 'failed-then-approved')
      story.observe(story.workday(day + 6, 16), source, 'SecurityScanned', {
        ...common,
        attack: 'prompt injection through retrieved documents',
        tool: 'redteam-suite 2.4',
        passed: true,
        findings: [],
      })
  }
  if (kind === 'tabular' || kind === 'ranking') audits(story, at, { version, day, fate, random })
  story.observe(story.workday(day + 3, 15), source, 'RobustnessTested', {
    ...common,
    scenario: '5 % missing values, 2 % swapped columns',
    metrics: { drop: random.between(0.004, 0.021, 3) },
    passed: true,
  })
  story.observe(story.workday(day + 4, 10), `${unit}/model-registry`, 'ModelCardPublished', {
    ...common,
    capabilities: `${at.modelName}: ${at.task}.`,
    limits: 'Not for cases that differ from the training data in kind.',
    card: document(`${model}/${version}/card.json`, 'application/json'),
    validUntil: date(story.on(day + 370, 0)),
  })
  story.observe(story.workday(day + 4, 11), source, 'StageEntered', { ...common, stage: 'registration' })
}

/** By sex and by age; a failed one is repeated on mended data. */
function audits(story: Story, { model, system, unit }: SampleSystem, { version, day, fate, random }: Tested): void {
  const common = {
    model,
    version: `${version}`,
    systems: [system],
    metric: 'selection_rate',
    threshold: 0.8,
    auditor: 'Fairness Lab, Uppsala',
  }
  const audit = (on: number, protectedAttribute: 'gender' | 'age', passed: boolean) => {
    const rate = random.between(0.36, 0.47, 2)
    const groups = protectedAttribute === 'gender' ? ['f', 'm'] : ['18-35', '36-55', '56+']
    story.observe(story.workday(on, protectedAttribute === 'gender' ? 10 : 11), `${unit}/release-pipeline`, 'BiasAudited', {
      ...common,
      protectedAttribute,
      passed,
      groups: groups.map((group, i) => ({
        group,
        value: Number((i === 0 && !passed ? rate * 0.7 : rate * random.between(0.94, 1, 3)).toFixed(3)),
        n: random.between(400, 2_600),
      })),
      ...(!passed && {
        findings: 'The first group is selected much less often; a feature that depends on part-time work explains most of it.',
      }),
    })
  }
  audit(day + 2, 'gender', fate !== 'failed-then-approved')
  audit(day + 2, 'age', true)
  if (fate === 'failed-then-approved') audit(day + 9, 'gender', true)
}

interface Deployed {
  readonly version: number
  readonly deployed: number
  readonly rolledBack: number | null
  readonly fate: Fate
}

/** For a tenth of the traffic first, where something serves already and nobody went around the pipeline. Gives the day from which it serves all. */
function deploy(story: Story, { model, system, unit, kind }: SampleSystem, { version, deployed, rolledBack, fate }: Deployed): number {
  const common = { model, version: `${version}`, systems: [system] }
  const source = `${unit}/release-pipeline`
  const place = { ...common, environment: 'production', kind: kind === 'series' ? 'batch' : 'real_time' }
  const approved = { approval: `${model}-release-${version}` }
  const begun = fate === 'unapproved' ? { note: 'Deployed by hand after the pipeline had failed twice.' } : approved
  const isCanary = version > 1 && fate !== 'unapproved'
  const reach = isCanary ? { strategy: 'canary', share: 0.1 } : { strategy: 'all', share: 1 }
  story.observe(story.workday(deployed, 5), source, 'VersionDeployed', { ...place, ...reach, ...begun })
  story.observe(story.workday(deployed, 5, 10), source, 'StageEntered', { ...common, stage: 'deployment' })
  if (!isCanary) return deployed
  const widened = Math.min(deployed + CANARY_DAYS, (rolledBack ?? Number.POSITIVE_INFINITY) - 1)
  story.observe(story.workday(widened, 5, 30), source, 'VersionDeployed', { ...place, strategy: 'blue_green', share: 1, ...approved })
  return widened
}

const CANARY_DAYS = 10

interface RolledBack {
  readonly version: number
  readonly to: number
  readonly day: number
}

function rollBack(story: Story, { model, system, unit }: SampleSystem, { version, to, day }: RolledBack): void {
  story.observe(story.workday(day, 21), `${unit}/release-pipeline`, 'VersionRolledBack', {
    model,
    version: `${version}`,
    to: `${to}`,
    environment: 'production',
    reason: 'It misjudged a leading symptom.',
    incident: 'inc-triage-hold',
    systems: [system],
  })
}

interface Asked {
  readonly asked: number
  readonly version: number
  readonly fate: Fate
}

/** Two of three approve, and a person passes the gate; or one refuses; or it is taken back. */
function approve(story: Story, { model, system, unit, approvers }: SampleSystem, { asked, version, fate }: Asked): void {
  const approval = `${model}-release-${version}`
  const subject = `model:${model}@${version}`
  const systemsOf = [system]
  const at = story.workday(asked, 9)
  const [first, second, third] = approvers
  if (first === undefined || second === undefined || third === undefined) throw new Error(`expected three approvers of ${system}`)
  const requester = (['moreau', 'lewandowski', 'voss', 'brandt'] as const).find((key) => !approvers.includes(key)) ?? 'brandt'
  story.observe(at, `${unit}/release-pipeline`, 'ApprovalRequested', {
    approval,
    subject,
    subjectVersion: 0,
    gate: 'release',
    quorum: 2,
    approvers: approvers.map(person),
    requester: person(requester),
    expiresAt: instant(at + 300 * DAY),
    reason: `Version ${version} passed its tests.`,
    systems: systemsOf,
  })
  const decision = { approval, subject, systems: systemsOf }
  const gate = { model, version: `${version}`, gate: 'release', from: 'registration', to: 'deployment', systems: systemsOf }
  if (fate === 'withdrawn') {
    story.decide(at + 2 * DAY, first, 'ApprovalWithdrawn', {
      ...decision,
      reason: 'The release was moved to the next version, with the longer validation.',
    })
    return
  }
  story.decide(at + 0.9 * DAY, first, 'ApprovalGiven', { ...decision, reason: 'Evidence looked at.' })
  if (fate === 'refused') {
    story.decide(at + 1.3 * DAY, second, 'ApprovalRefused', {
      ...decision,
      reason: 'The rates by group were not looked at for part-time workers.',
    })
    story.decide(at + 1.5 * DAY, 'lewandowski', 'StageGateRefused', { ...gate, reason: 'One of the approvers refused.' })
    return
  }
  story.decide(at + 1.4 * DAY, second, 'ApprovalGiven', { ...decision })
  story.decide(at + 1.6 * DAY, 'lewandowski', 'StageGatePassed', { ...gate, approval, reason: 'Approved by two of three.' })
}

interface Retired {
  readonly version: number
  readonly by: number
  readonly day: number
}

function retire(story: Story, { model, system }: SampleSystem, { version, by, day }: Retired): void {
  story.decide(story.workday(day, 11), 'moreau', 'ModelRetired', {
    model,
    version: `${version}`,
    reason: `Version ${by} has served all traffic for 30 days.`,
    replacedBy: `${model}@${by}`,
    systems: [system],
  })
}
