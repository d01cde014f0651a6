import { type EventContent, wordIn } from './register-event.ts'

/** What the registers keep of a type of event. */
export interface KeptType {
  /** Fields in plain text that a register shows or computes with. */
  readonly fields: readonly string[]
  /** What of its thing the event is about: a version, an environment. Within one thing, type and key the last event counts. */
  readonly key: (content: EventContent) => string
  /** People wrote something that a register shows: the stored bytes are kept, in which it stays sealed. */
  readonly told?: true
  /** Its sentence for a person is kept, as `summary`. */
  readonly summed?: true
}

const whole = () => ''
const by =
  (...names: string[]) =>
  (content: EventContent) =>
    names.map((name) => wordIn(content, name) ?? '').join(' ')

const evaluated = (...fields: string[]): KeptType => ({
  fields: [...fields, 'version', 'passed', 'dataset'],
  key: by('version'),
  summed: true,
})
const ofApproval = (...fields: string[]): KeptType => ({ fields, key: whole })
const told = (...fields: string[]): KeptType => ({ fields, key: whole, told: true })

/** Every type that is more than a number in the registers. */
export const keptTypes: Readonly<Record<string, KeptType | undefined>> = {
  SystemRegistered: {
    fields: ['name', 'purpose', 'owner', 'businessUnit', 'role', 'region', 'serviceTier'],
    key: whole,
  },
  SystemClassified: { fields: ['riskClass', 'annexIIIPoint'], key: whole },
  SystemChanged: { fields: ['substantial', 'toVersion'], key: whole },
  RolloutPhaseEntered: { fields: ['phase'], key: whole },
  SystemRetired: { fields: ['replacedBy'], key: whole },
  DependencyDeclared: { fields: ['on', 'kind'], key: by('on', 'kind') },
  DependencyRemoved: { fields: ['on', 'kind'], key: by('on', 'kind') },
  DocumentAttached: {
    fields: ['kind', 'title', 'uri', 'sha256', 'validFrom', 'validUntil'],
    key: (content) => [content.kind, content.annexItem ?? content.obligation ?? content.title].join(' '),
  },
  RiskAssessed: { fields: ['validUntil', 'template'], key: by('template') },
  OversightPlanned: { fields: ['validUntil'], key: whole },
  RightsImpactAssessed: { fields: ['validUntil'], key: whole },
  ConformityAssessed: { fields: ['validUntil', 'procedure'], key: whole },
  MonitoringPlanned: { fields: ['validUntil'], key: whole },
  SupplierAssessed: { fields: ['validUntil', 'supplier', 'systems'], key: whole },
  DataProtectionImpactAssessed: { fields: ['validUntil', 'dpia', 'systems'], key: whole },

  ModelRegistered: { fields: ['name', 'task', 'owner', 'systems'], key: whole },
  ModelVersionRegistered: { fields: ['version', 'artifact', 'trainedOn', 'derivedFrom', 'metrics', 'systems'], key: by('version') },
  ModelEvaluated: evaluated('metrics'),
  BiasAudited: evaluated('protectedAttribute', 'metric', 'threshold'),
  ExplainabilityAnalysed: evaluated('method'),
  RobustnessTested: evaluated('scenario'),
  SecurityScanned: evaluated('attack'),
  GroundednessMeasured: evaluated('score', 'hallucinationRate', 'sample'),
  ModelCardPublished: { fields: ['version', 'validUntil', 'systems'], key: by('version') },
  StageEntered: { fields: ['version', 'stage'], key: by('version') },
  VersionDeployed: { fields: ['version', 'environment', 'strategy', 'share', 'approval', 'systems'], key: by('environment') },
  VersionRolledBack: { fields: ['version', 'to', 'environment', 'systems'], key: by('environment') },
  DriftDetected: { fields: ['version', 'metric', 'kind', 'value', 'threshold', 'systems'], key: by('version', 'metric') },
  DriftResolved: { fields: ['version', 'metric', 'how'], key: by('version', 'metric') },
  ModelRetired: { fields: ['version'], key: by('version') },

  DatasetRegistered: { fields: ['name', 'source', 'owner', 'sensitivity', 'region', 'legalBasis'], key: whole },
  DatasetVersioned: { fields: ['version', 'sha256', 'rows', 'derivedFrom'], key: by('version') },
  DataQualityMeasured: { fields: ['version', 'dimensions'], key: whole },

  ApprovalRequested: told('subject', 'subjectVersion', 'gate', 'quorum', 'approvers', 'expiresAt', 'requester', 'systems'),
  ApprovalGiven: ofApproval('subject'),
  ApprovalRefused: told('subject'),
  ApprovalWithdrawn: told('subject'),
  ApprovalGranted: ofApproval('subject', 'subjectVersion', 'gate', 'approvers', 'expiresAt', 'systems'),
  ApprovalLapsed: ofApproval('subject', 'because'),

  IncidentReported: told('category', 'severity', 'occurredAt', 'awareAt', 'systems'),
  SystemImplicated: { fields: ['system'], key: by('system') },
  SystemCleared: { fields: ['system'], key: by('system') },
  IncidentTriaged: { fields: ['severity', 'category', 'serious', 'widespread'], key: whole },
  ContainmentDone: { fields: ['system', 'completedAt'], key: by('system'), told: true },
  AuthorityNotified: { fields: ['authority', 'kind', 'regime', 'reference', 'sentAt'], key: whole },
  CorrectiveActionDone: { fields: ['system', 'kind', 'completedAt'], key: by('system'), told: true },
  IncidentClosed: told(),

  ViolationRecorded: { fields: ['violation', 'rule', 'subject', 'event', 'systems'], key: whole },
  ViolationResolved: { fields: ['violation', 'how'], key: whole, told: true },

  WorkspaceOpened: { fields: ['workspace', 'legalTimeZone'], key: by('workspace') },
}
