/** Types whose data says until which day they hold, and how what replaces them is recognised: the same thing and kind. */
export interface ExpiringEvidence {
  readonly type: string
  /** The field with the last day. */
  readonly until: string
  /** What a person reads. */
  readonly what: string
  /** A field that tells several of one thing apart. */
  readonly by?: string
  /** Where the thing isn't the one that the stream is named after: a reference type and the field with the id. */
  readonly of?: readonly [type: string, field: string]
}

export const expiringEvidence: readonly ExpiringEvidence[] = [
  { type: 'DocumentAttached', until: 'validUntil', what: 'document', by: 'kind' },
  { type: 'RiskAssessed', until: 'validUntil', what: 'risk assessment', by: 'template' },
  { type: 'OversightPlanned', until: 'validUntil', what: 'human oversight plan' },
  { type: 'RightsImpactAssessed', until: 'validUntil', what: 'fundamental rights impact assessment' },
  { type: 'MonitoringPlanned', until: 'validUntil', what: 'post-market monitoring plan' },
  { type: 'ConformityAssessed', until: 'validUntil', what: 'conformity assessment' },
  { type: 'ModelCardPublished', until: 'validUntil', what: 'model card', by: 'version' },
  { type: 'SupplierAssessed', until: 'validUntil', what: 'supplier assessment', of: ['supplier', 'supplier'] },
  { type: 'PolicyAdopted', until: 'reviewDue', what: 'policy' },
  { type: 'PolicyRevised', until: 'reviewDue', what: 'policy' },
]
