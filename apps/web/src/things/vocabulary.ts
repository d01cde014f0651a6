import { words } from '../format/words.ts'

/** Words of the law for what the record calls by an id. */
const TITLES: Readonly<Record<string, string>> = {
  prohibited: 'Prohibited (Art. 5)',
  'high-risk-annex-iii': 'High-risk (Annex III)',
  'high-risk-annex-i': 'High-risk (Annex I)',
  'annex-iii-derogated': 'Derogated (Art. 6(3))',
  transparency: 'Transparency (Art. 50)',
  minimal: 'Minimal risk',
  unclassified: 'Not classified',
  gpai: 'GPAI model',
  'gpai-systemic': 'GPAI with systemic risk',
  'death-or-health': 'Death or serious harm to health (Art. 3(49)(a))',
  'critical-infrastructure': 'Disruption of critical infrastructure (Art. 3(49)(b))',
  'fundamental-rights': 'Breach of fundamental rights (Art. 3(49)(c))',
  'property-or-environment': 'Serious harm to property or environment (Art. 3(49)(d))',
  'aia-73-2-general': 'Tell the market surveillance authority of a serious incident: 15 days',
  'aia-73-3-widespread': 'Tell the authority of a widespread infringement: 2 days',
  'aia-73-3-critical-infrastructure': 'Tell the authority of a disruption of critical infrastructure: 2 days',
  'aia-73-4-death': 'Tell the authority of a death: 10 days',
  'aia-73-5-complete': 'Complete the first report',
  'aia-26-5-deployer': 'Tell the provider at once',
  'gdpr-33-1': 'Tell the data protection authority of a breach: 72 hours',
  'nis2-23-4-a': 'Early warning: 24 hours',
  'nis2-23-4-b': 'Incident notification: 72 hours',
  'nis2-23-4-d': 'Final report: 1 month',
  ai_act: 'AI Act',
  gdpr: 'GDPR',
  nis2: 'NIS2',
  dora: 'DORA',
}

export function titleOf(id: string): string {
  return Object.hasOwn(TITLES, id) ? (TITLES[id] ?? id) : words(id)
}

/** `annex-iii.5.b` as the law counts it: `5(b)`. */
export function annexPoint(id: string): string {
  const [, point, letter] = /^annex-iii\.(\d+)(?:\.([a-z]+))?$/.exec(id) ?? []
  return point === undefined ? id : `${point}${letter === undefined ? '' : `(${letter})`}`
}

/** Ids with what they are called, for choices. */
export function choicesOf(ids: readonly string[]): readonly { readonly value: string; readonly title: string }[] {
  return ids.map((value) => ({ value, title: titleOf(value) }))
}

export const RISK_CLASSES = [
  'prohibited',
  'high-risk-annex-iii',
  'high-risk-annex-i',
  'annex-iii-derogated',
  'transparency',
  'minimal',
  'gpai',
  'gpai-systemic',
] as const
export const INCIDENT_CATEGORIES = [
  'death-or-health',
  'critical-infrastructure',
  'fundamental-rights',
  'property-or-environment',
  'security',
  'prompt-injection',
  'data-poisoning',
  'bias',
  'outage',
  'privacy',
] as const
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const
export const PHASES = ['limited_beta', 'expanded_pilot', 'gradual_rollout', 'full_production'] as const
export const ORGANISATION_ROLES = [
  'provider',
  'deployer',
  'importer',
  'distributor',
  'authorised-representative',
  'gpai-provider',
  'product-manufacturer',
  'third-party-supplier',
] as const
export const SENSITIVITIES = ['none', 'pii', 'phi', 'special'] as const
export const STAGES = ['development', 'validation', 'registration', 'deployment', 'monitoring', 'governance', 'retraining'] as const

const NOT_IN_FORCE: Readonly<Record<string, string | undefined>> = {
  expired: 'It expired.',
  subject_changed: 'What it was about changed materially after it was asked for.',
  withdrawn: 'It was withdrawn.',
}

/** `Approval.notInForceBecause`, for a reader. */
export function whyNotInForce(because: string): string {
  return NOT_IN_FORCE[because] ?? words(because)
}
