import { eventType, parseEvent, whoMayRecord } from '@annal/domain'
import { describe, expect, test } from 'vitest'
import { organisation, people } from '../../samples/organisation/index.ts'
import { fillIn } from '../../samples/player/fill-in.ts'

const END = Date.parse('2026-11-21T12:00:00.000Z')
const { start, events } = organisation(END)
const typeOf = (type: string) => type.replace(/^annal\./, '')
const ids = {
  person: (key: string) => `per_${key}`,
  subject: () => 'sub_77aa41c9',
  event: () => 'ws_k7m2q9x4t1.model-cs/0192f3c4-0000-7000-8000-000000000003',
}
const of = (type: string) => events.filter(({ event }) => event.type === `annal.${type}`)
const values = (type: string, field: string) => new Set(of(type).map(({ event }) => event.data[field]))

describe('the story of the sample', () => {
  test('has twelve systems in five business units over 18 months', () => {
    expect(events.length).toBeGreaterThanOrEqual(4_500)
    expect(events.length).toBeLessThanOrEqual(6_000)
    expect(values('SystemRegistered', 'system').size).toBe(12)
    expect(values('SystemRegistered', 'businessUnit').size).toBe(5)
    expect(Math.floor((END - start) / 86_400_000)).toBe(549)
    expect(events.at(0)?.at).toBeLessThan(start + 3 * 86_400_000)
    expect(events.at(-1)?.at).toBeGreaterThan(END - 2 * 86_400_000)
    expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).sort((a, b) => a - b))
  })

  test('is well-formed, event for event', () => {
    const refused = events.flatMap(({ event }) => {
      const parsed = parseEvent(typeOf(event.type), fillIn(event.data, ids), event.time)
      return parsed.status === 'refused' ? [`${event.source}#${event.id} ${event.type}: ${parsed.message}`] : []
    })
    expect(refused).toEqual([])
  })

  test('leaves each decision to one of six people who may make it, and everything else to the services', () => {
    expect(new Set(events.map(({ by }) => by)).size).toBe(7)
    for (const { by, event } of events) {
      const type = typeOf(event.type)
      expect(eventType(type)?.recordedBy === 'person', type).toBe(by !== 'services')
      const role = people.find(({ key }) => key === by)?.role.toLowerCase() ?? 'service'
      expect(whoMayRecord(type), `${type} by ${by}`).toContain(role)
    }
  })

  test('tells good news and bad news', () => {
    const failed = (type: string) => of(type).filter(({ event }) => event.data.passed === false).length
    expect(failed('BiasAudited')).toBeGreaterThan(1)
    expect(failed('ConformityAssessed')).toBe(1)
    expect(failed('MonitoringReported')).toBeGreaterThan(3)
    expect(of('ApprovalRefused').length).toBeGreaterThan(1)
    expect(of('ApprovalWithdrawn').length).toBe(1)
    expect(of('VersionDeployed').filter(({ event }) => event.data.approval === undefined)).toHaveLength(3)
    expect(of('IncidentReported').filter(({ event }) => (event.data.systems as string[]).length > 1).length).toBeGreaterThan(1)
    expect(of('IncidentReported').length - of('IncidentClosed').length).toBe(1)
    expect([...new Set(of('DecisionReviewed').map(({ event }) => event.data.outcome))].sort()).toEqual([
      'confirmed',
      'escalated',
      'overridden',
    ])
    expect(of('DriftDetected').length).toBeGreaterThan(of('DriftResolved').length)
    expect(of('AgentActionTaken').length).toBeGreaterThan(200)
  })

  test('leaves one version of each model serving everybody, or one beside it that is tried', () => {
    const serving = new Map<string, Map<string, number>>()
    for (const { event } of events) {
      const { model, version, share, to } = event.data as { model: string; version: string; share: number; to: string }
      const current = serving.get(model) ?? new Map<string, number>()
      if (event.type === 'annal.VersionDeployed') serving.set(model, new Map([...(share === 1 ? [] : current), [version, share]]))
      if (event.type === 'annal.VersionRolledBack') serving.set(model, new Map([[to, 1]]))
      if (event.type === 'annal.ModelRetired') expect([...current.keys()], `${model} ${version}`).not.toContain(version)
    }
    for (const [model, shares] of serving)
      expect(
        [...shares.values()].filter((share) => share === 1),
        model,
      ).toHaveLength(1)
  })

  test('is the same for the same end, and another for another seed', () => {
    expect(organisation(END).events).toEqual(events)
    expect(organisation(END, 'other').events).not.toEqual(events)
    expect(new Set(events.map(({ event }) => `${event.source}#${event.id}`)).size).toBe(events.length)
  })
})
