/** The people of the sample. They are invented, and so are their addresses. */
export const people = [
  { key: 'voss', name: 'Henrike Voss', email: 'henrike.voss@nordlicht.example', role: 'RISK_MANAGER', title: 'Chief risk officer' },
  {
    key: 'lewandowski',
    name: 'Tomasz Lewandowski',
    email: 'tomasz.lewandowski@nordlicht.example',
    role: 'RISK_MANAGER',
    title: 'Head of model risk',
  },
  { key: 'moreau', name: 'Inès Moreau', email: 'ines.moreau@nordlicht.example', role: 'RISK_MANAGER', title: 'Head of AI operations' },
  { key: 'okafor', name: 'Amara Okafor', email: 'amara.okafor@nordlicht.example', role: 'APPROVER', title: 'Data protection officer' },
  { key: 'brandt', name: 'Jonas Brandt', email: 'jonas.brandt@nordlicht.example', role: 'APPROVER', title: 'Head of retail credit' },
  { key: 'ferrer', name: 'Lucía Ferrer', email: 'lucia.ferrer@nordlicht.example', role: 'APPROVER', title: 'Clinical safety lead' },
] as const

export type PersonKey = (typeof people)[number]['key']

export function person(key: PersonKey): string {
  return `@person/${key}`
}
