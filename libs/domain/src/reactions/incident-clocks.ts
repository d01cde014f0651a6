/**
 * Clocks within which an authority must be told of an incident. From `incident-deadlines.json` of the reference data that Annal is built
 * on (researched 2026-11-21; own short summaries of Regulation (EU) 2024/1689 as amended and of Regulation (EU) 2016/679, © European Union,
 * EUR-Lex, reuse with attribution; only the Official Journal is authentic). A reminder, not legal advice.
 */
export interface IncidentClock {
  readonly id: string
  readonly regime: 'ai_act' | 'gdpr'
  readonly provision: string
  /** Obligation of the regulation catalogue. */
  readonly obligation: string | null
  readonly addressee: string
  /** From when the organisation became aware; days end at 24:00 in the legal time zone. */
  readonly limit: { readonly days: number } | { readonly hours: number }
  readonly appliesTo: ClockCondition
}

/** `any`: any incident that is serious in the sense of Art. 3(49). `category` and `widespread` narrow it. */
export type ClockCondition =
  | { readonly kind: 'serious'; readonly category?: string; readonly widespread?: true }
  | { readonly kind: 'category'; readonly category: string }

/** Points a–d of Art. 3(49): an incident that is reported as one of them is taken as serious until it is triaged. */
export const seriousCategories: readonly string[] = [
  'death-or-health',
  'critical-infrastructure',
  'fundamental-rights',
  'property-or-environment',
]

/** Of several clocks of one regime the shortest governs. "Immediately" is always the first rule; these are the outer limits. */
export const incidentClocks: readonly IncidentClock[] = [
  {
    id: 'aia-73-2-general',
    regime: 'ai_act',
    provision: 'Art. 73(2)',
    obligation: 'art-73.2',
    addressee: 'market surveillance authority of the Member State of the incident',
    limit: { days: 15 },
    appliesTo: { kind: 'serious' },
  },
  {
    id: 'aia-73-3-widespread',
    regime: 'ai_act',
    provision: 'Art. 73(3)',
    obligation: 'art-73.3',
    addressee: 'market surveillance authority of the Member State of the incident',
    limit: { days: 2 },
    appliesTo: { kind: 'serious', widespread: true },
  },
  {
    id: 'aia-73-3-critical-infrastructure',
    regime: 'ai_act',
    provision: 'Art. 73(3)',
    obligation: 'art-73.3',
    addressee: 'market surveillance authority of the Member State of the incident',
    limit: { days: 2 },
    appliesTo: { kind: 'serious', category: 'critical-infrastructure' },
  },
  {
    // The clock of a death; where only harm to health is known, it is the safe one.
    id: 'aia-73-4-death',
    regime: 'ai_act',
    provision: 'Art. 73(4)',
    obligation: 'art-73.4',
    addressee: 'market surveillance authority of the Member State of the incident',
    limit: { days: 10 },
    appliesTo: { kind: 'serious', category: 'death-or-health' },
  },
  {
    id: 'gdpr-33-1',
    regime: 'gdpr',
    provision: 'GDPR Art. 33(1)',
    obligation: null,
    addressee: 'data protection authority',
    limit: { hours: 72 },
    appliesTo: { kind: 'category', category: 'privacy' },
  },
]
