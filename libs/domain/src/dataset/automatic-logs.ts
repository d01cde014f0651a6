/**
 * The types in which AI systems, and what watches them, log their operation by themselves. Providers and deployers keep such logs for at
 * least six months: Regulation (EU) 2024/1689, Art. 19(1) and 26(6).
 */
export const automaticLogs: ReadonlySet<string> = new Set([
  'DecisionMade',
  'AgentActionTaken',
  'DriftDetected',
  'GroundednessMeasured',
  'AvailabilityMeasured',
  'LineageReported',
])
