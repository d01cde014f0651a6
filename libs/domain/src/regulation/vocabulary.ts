/** Words that the regulation catalogue owns; ids as they stand in it. */
export const regulatoryRoles = [
  'provider',
  'deployer',
  'importer',
  'distributor',
  'authorised-representative',
  'gpai-provider',
  'product-manufacturer',
  'third-party-supplier',
] as const

/** Risk classes add up: a high-risk system may owe transparency too. */
export const riskClasses = [
  'prohibited',
  'high-risk-annex-iii',
  'high-risk-annex-i',
  'annex-iii-derogated',
  'transparency',
  'minimal',
  'gpai',
  'gpai-systemic',
] as const

/** Conditions of the derogation in Art. 6(3). */
export const derogationConditions = [
  'narrow-procedural-task',
  'improves-completed-human-activity',
  'detects-deviations-without-replacing-review',
  'preparatory-task',
] as const

/** Art. 3(49) points a–d, then categories of our own. */
export const incidentCategories = [
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

export const evidenceKinds = [
  'system-registered',
  'risk-classification',
  'risk-assessment',
  'risk-treatment',
  'dataset-documentation',
  'data-quality-report',
  'data-lineage',
  'bias-audit',
  'technical-documentation-item',
  'model-card',
  'instructions-for-use',
  'logging-specification',
  'log-retention-policy',
  'human-oversight-plan',
  'human-review',
  'performance-evaluation',
  'robustness-test',
  'security-test',
  'policy-or-procedure',
  'conformity-assessment',
  'declaration',
  'registration',
  'post-market-monitoring-plan',
  'monitoring-report',
  'drift-alert',
  'incident',
  'incident-report',
  'corrective-action',
  'change-record',
  'approval',
  'training-record',
  'fria',
  'dpia',
  'supplier-due-diligence',
  'transparency-notice',
  'authority-communication',
  'explanation-record',
  'operator-notice',
  'access-record',
  'deletion-record',
  'processing-record',
  'system-log',
  'use-record',
] as const
