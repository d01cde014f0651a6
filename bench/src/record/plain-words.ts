import type { Random } from './random.ts'

const words = `income postcode age feed threshold applicant refusal approval drift sample district quarter branch officer letter payment
review appeal score cutoff missing column holdout baseline regression spike outage latency vendor snapshot prompt masking consent
retention archive checklist owner committee evidence gap residual treatment mitigation rollback canary shadow traffic seasonal holiday
salary currency unit mismatch duplicate outlier calibration fairness parity gender cohort subgroup explanation factor ratio`.split(/\s+/)

/** A remark of 8 to 20 words and a ticket's number, as people leave them in free-text fields. */
export function remark(random: Random): string {
  const chosen = Array.from({ length: 8 + random.below(13) }, () => words[random.skewed(words.length, 1.5)])
  return `${chosen.join(' ')}, see ticket ${random.below(50_000)}.`
}
