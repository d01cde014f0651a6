import { describe, expect, it } from 'vitest'
import { changedFields, compareSystems } from './compare-systems.ts'
import type { SystemRow } from './systems-documents.ts'

function system(id: string, rest: Partial<SystemRow> = {}): SystemRow {
  return {
    id,
    name: id,
    owner: null,
    businessUnit: null,
    role: 'provider',
    region: null,
    serviceTier: null,
    riskClass: null,
    phase: null,
    retiredAt: null,
    registeredAt: '2026-01-01T00:00:00.000Z',
    lastEventAt: null,
    events: 1,
    openIncidents: 0,
    openViolations: 0,
    pendingApprovals: 0,
    driftAlerts: 0,
    ...rest,
  }
}

const RETIRED = '2026-05-01T00:00:00.000Z'
const all = ['churn', 'credit', 'triage', 'forecast']

describe('the register on two dates', () => {
  const earlier = [system('churn'), system('credit'), system('triage')]
  const later = [
    system('churn', { retiredAt: RETIRED }),
    system('credit', { riskClass: 'minimal', openViolations: 2, events: 9 }),
    system('triage', { events: 7, lastEventAt: RETIRED }),
    system('forecast'),
  ]

  it('tells what was registered, retired and changed in between', () => {
    const compared = compareSystems({ earlier, later, matching: new Set(all) })
    expect(Object.entries(compared).map(([change, pairs]) => [change, pairs.map(({ key }) => key)])).toEqual([
      ['added', ['forecast']],
      ['gone', ['churn']],
      ['changed', ['credit']],
      ['same', ['triage']],
    ])
    expect(compared.changed.flatMap(changedFields)).toEqual(['riskClass', 'openViolations'])
  })

  it('leaves out what the filter matches on neither date', () => {
    const compared = compareSystems({ earlier, later, matching: new Set(['credit']) })
    expect(Object.values(compared).flat()).toHaveLength(1)
  })

  it('calls a system that was retired already what it is: the same', () => {
    const retired = system('churn', { retiredAt: RETIRED })
    expect(compareSystems({ earlier: [retired], later: [retired], matching: new Set(all) }).same).toHaveLength(1)
  })
})
