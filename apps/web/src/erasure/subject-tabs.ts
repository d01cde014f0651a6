export const SUBJECT_TABS = [
  { path: '/data-subjects', title: 'Erasure' },
  { path: '/legal-holds', title: 'Legal holds' },
] as const
