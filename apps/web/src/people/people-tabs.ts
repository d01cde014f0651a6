/** For administrators: who is here, and who is to come. */
export const PEOPLE_TABS = [
  { path: '/people', title: 'People' },
  { path: '/people/invitations', title: 'Invitations' },
] as const
