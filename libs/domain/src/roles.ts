/** Who somebody is in a workspace. */
export const roles = ['administrator', 'risk_manager', 'approver', 'auditor', 'regulator', 'service'] as const
export type Role = (typeof roles)[number]
