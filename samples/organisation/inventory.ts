import { DAY, date, digest, document, instant, type Story } from './story.ts'
import { type SampleSystem, systems } from './systems.ts'

/** Each system is registered, classified, described and, where the law asks for it, assessed; some documents run out. */
export function inventory(story: Story): void {
  for (const system of systems) {
    register(story, system)
    dependencies(story, system)
    assess(story, system)
    documents(story, system)
    if (system.riskClass.startsWith('high-risk')) highRisk(story, system)
  }
  changes(story)
}

function register(story: Story, at: SampleSystem): void {
  const { system, name, unit, purpose, owner, role, region, tier, live, registered } = at
  const source = `${unit}/ai-inventory`
  story.observe(story.workday(registered, 9), source, 'SystemRegistered', {
    system,
    name,
    purpose,
    owner,
    businessUnit: unitName(at),
    role,
    region,
    serviceTier: tier,
    firstUse: date(story.workday(live, 6)),
    ...(role === 'deployer' && { supplier: system === 'support-assistant' ? 'acme-llm' : 'talentsoft' }),
  })
  story.observe(story.workday(registered + 3, 10, 30), source, 'SystemClassified', {
    system,
    riskClass: at.riskClass,
    ...(at.further && { furtherRiskClasses: at.further }),
    ...(at.annexIIIPoint && { annexIIIPoint: at.annexIIIPoint }),
    basis: at.basis,
    ...(at.derogation && { derogation: at.derogation }),
    rationale: rationales[at.riskClass] ?? 'Looked at by model risk and the data protection officer.',
    catalogueVersion: 'eu-ai-act-2026',
  })
  for (const [phase, day] of [
    ['limited_beta', live],
    ['expanded_pilot', live + 21],
    ['full_production', live + 60],
  ] as const)
    story.observe(story.workday(day, 6, 30), source, 'RolloutPhaseEntered', { system, phase })
}

const names = {
  'retail-bank': 'Retail banking',
  people: 'Human resources',
  service: 'Customer operations',
  supply: 'Supply chain',
  health: 'Health services',
}

function unitName({ unit }: SampleSystem): string {
  return names[unit]
}

const rationales: Readonly<Record<string, string>> = {
  'high-risk-annex-iii': 'Its use is named in Annex III; it profiles natural persons, so no derogation applies.',
  'high-risk-annex-i': 'It is software of a medical device that a notified body must assess.',
  'annex-iii-derogated': 'It prepares rosters that a person makes final, and does not judge anybody.',
  transparency: 'People talk to it; they must be told that it is a machine.',
  minimal: 'No use of Annex III, no interaction with people that must be marked.',
}

function dependencies(story: Story, { system, unit, model, dataset, kind, registered }: SampleSystem): void {
  const source = `${unit}/ai-inventory`
  const on = [
    [`model:${model}`, 'model'],
    [`dataset:${dataset}`, 'dataset'],
    ...(kind === 'language' ? ([['supplier:acme-llm', 'supplier']] as const) : []),
  ] as const
  for (const [i, [reference, dependency]] of on.entries())
    story.observe(story.workday(registered + 5, 11, i), source, 'DependencyDeclared', { system, on: reference, kind: dependency })
}

function assess(story: Story, { system, unit, registered, riskClass }: SampleSystem): void {
  const random = story.random(`assess/${system}`)
  const residual = riskClass.startsWith('high-risk') ? 'medium' : 'low'
  for (let day = registered + 9, round = 0; day < story.days; day += 365, round++) {
    const at = story.workday(day, 14)
    story.observe(at, `${unit}/ai-inventory`, 'RiskAssessed', {
      system,
      template: 'ai-risk-basic',
      templateVersion: round === 0 ? '1' : '2',
      answers: [
        { question: 'affects-access-to-services', answer: residual === 'medium' ? 'yes' : 'no', score: residual === 'medium' ? 20 : 0 },
        {
          question: 'human-can-override',
          answer: 'always',
          score: 0,
          note: 'Whoever acts on the output sees its reasons and may decide otherwise.',
        },
        { question: 'vulnerable-people', answer: residual === 'medium' ? 'some' : 'none', score: residual === 'medium' ? 12 : 2 },
      ],
      score: residual === 'medium' ? random.between(34, 48) : random.between(4, 18),
      residual,
      assessor: 'model-risk',
      validUntil: date(at + 365 * DAY),
    })
  }
}

function documents(story: Story, { system, unit, name, registered, live }: SampleSystem): void {
  const source = `${unit}/ai-inventory`
  const kinds = [
    ['technical-documentation-item', 'Technical documentation', 365],
    ['instructions-for-use', 'Instructions for use', 365],
    ['logging-specification', 'What is logged', 730],
  ] as const
  for (const [i, [kind, title, valid]] of kinds.entries()) {
    const from = story.workday(registered + 12 + i, 15)
    story.observe(from, source, 'DocumentAttached', {
      system,
      kind,
      title: `${title}, ${name}`,
      uri: `https://docs.nordlicht.example/${system}/${kind}-1.pdf`,
      sha256: digest(`${system}/${kind}/1`),
      validFrom: date(from),
      validUntil: date(from + valid * DAY),
    })
    // Not all of them are renewed in time, and some not at all.
    const renewed = registered + 12 + i + valid + (unit === 'supply' ? 40 : -12)
    if (valid > 400 || unit === 'people' || renewed > story.days - 2) continue
    const at = story.workday(renewed, 15)
    story.observe(at, source, 'DocumentAttached', {
      system,
      kind,
      title: `${title}, ${name}, second edition`,
      uri: `https://docs.nordlicht.example/${system}/${kind}-2.pdf`,
      sha256: digest(`${system}/${kind}/2`),
      validFrom: date(at),
      validUntil: date(at + valid * DAY),
    })
  }
  story.observe(story.workday(live - 4, 16), source, 'TransparencyNoticePublished', {
    notice: `${system}-notice-1`,
    audience: 'whoever is concerned by its output',
    channel: 'web page on the use of AI',
    firstShownAt: instant(story.workday(live - 3, 6)),
    systems: [system],
  })
}

function highRisk(story: Story, { system, unit, registered, live, annexIIIPoint }: SampleSystem): void {
  const source = `${unit}/ai-inventory`
  const validUntil = date(story.on(live + 365, 0))
  story.observe(story.workday(registered + 14, 9), source, 'RiskIdentified', {
    system,
    risk: 'unequal-treatment',
    hazard: 'A feature acts as a proxy for origin, age or sex, and people are treated unequally.',
    likelihood: 'medium',
    severity: 'high',
    affectedGroups: ['people of minorities', 'older people'],
    source: 'workshop with the works council',
  })
  story.observe(story.workday(live - 20, 9), source, 'RiskTreated', {
    system,
    risk: 'unequal-treatment',
    measure: 'The feature was left out; rates are compared by group each month.',
    residual: 'low',
    acceptedBy: 'model-risk',
  })
  story.observe(story.workday(live - 18, 10), source, 'OversightPlanned', {
    system,
    measures: ['A trained person confirms each outcome that is bad for somebody.', 'One in fifty outcomes is checked by a second person.'],
    roles: ['case-workers', 'model-risk'],
    stopProcedure: 'The shift lead switches to working without it; it stops within a minute.',
    validUntil,
  })
  story.observe(story.workday(live - 15, 11), source, 'RightsImpactAssessed', {
    system,
    processes: 'Daily work of the unit, with a person in each case.',
    usePeriod: 'Daily, from the start of the pilot on.',
    affectedGroups: ['whoever asks for the service'],
    harms: ['A service that is wrongly refused or late.', 'Unequal treatment.'],
    oversight: 'A person confirms each outcome that is bad for somebody.',
    remedies: 'Complaints desk; decided anew by another person within five days.',
    reviewEvery: 'P1Y',
    validUntil,
  })
  story.observe(story.workday(live - 13, 11), source, 'DataProtectionImpactAssessed', {
    dpia: `dpia-${system}`,
    processing: 'Data of the case, without free text.',
    necessity: 'Fewer data gave more wrong outcomes.',
    risks: ['Wrong outcomes after errors in the input.'],
    measures: ['People see and correct their data.', 'Inputs are kept for two years at most.'],
    residual: 'medium',
    assessor: 'data-protection-officer',
    validUntil: date(story.on(live + 730, 0)),
    systems: [system],
  })
  story.observe(story.workday(live - 12, 12), source, 'MonitoringPlanned', {
    system,
    indicators: ['overridden outcomes', 'rates by group', 'complaints'],
    sources: ['decision log', 'complaints desk'],
    frequency: 'P1M',
  })
  const byBody = system === 'medical-triage'
  if (byBody) conformity(story, system, live - 40, false)
  conformity(story, system, live - 8, true)
  story.observe(story.workday(live - 6, 10), source, 'DeclarationIssued', {
    system,
    declaration: `doc-${system}-1`,
    issuedOn: date(story.workday(live - 6, 10)),
    signatory: 'head-of-unit',
    ceMarking: 'digital',
  })
  story.observe(story.workday(live - 4, 10), source, 'RegisteredInEuDatabase', {
    system,
    database: annexIIIPoint === undefined ? 'national' : 'eu',
    section: unit === 'people' ? 'C' : 'A',
    registeredOn: date(story.workday(live - 4, 10)),
    items: [{ item: 'annex-viii.a.4', value: system }],
  })
}

function conformity(story: Story, system: string, day: number, passed: boolean): void {
  const medical = system === 'medical-triage'
  story.observe(story.workday(day, 15), medical ? 'health/ai-inventory' : 'compliance/assessments', 'ConformityAssessed', {
    system,
    procedure: medical ? 'notified_body' : 'internal_control',
    passed,
    ...(medical && { notifiedBody: 'MedCert Institute 0999' }),
    ...(!passed && { findings: 'The clinical evaluation does not cover callers under sixteen; it has to be extended.' }),
    ...(passed && {
      validUntil: date(story.on(day + 1_460, 0)),
      standards: ['EN ISO/IEC 42001:2025'],
      document: document(`${system}/conformity.pdf`),
    }),
  })
}

/** What changes materially; the second makes an approval lapse. */
function changes(story: Story): void {
  story.observe(story.workday(322, 10), 'service/ai-inventory', 'SystemChanged', {
    system: 'support-assistant',
    change: 'The assistant may now pay refunds up to 50 EUR by itself.',
    substantial: true,
    preDetermined: false,
  })
  story.observe(story.workday(421, 10), 'people/ai-inventory', 'SystemChanged', {
    system: 'cv-screening',
    change: 'Applications in Spanish and Polish are ranked too.',
    substantial: true,
    preDetermined: false,
  })
  story.observe(story.workday(260, 10), 'supply/ai-inventory', 'SystemChanged', {
    system: 'demand-forecasting',
    change: 'Weather forecasts are an input.',
    substantial: false,
    preDetermined: true,
  })
}
