import fc from 'fast-check'
import { type Told, ToldRecord } from './register-fixtures.contract.ts'

export const at = (minute: number) => new Date(Date.parse('2026-05-01T08:00:00.000Z') + minute * 60_000).toISOString()
const stories: fc.Arbitrary<Told> = fc
  .record({
    type: fc.constantFrom(
      'SystemRegistered',
      'SystemClassified',
      'SystemChanged',
      'RolloutPhaseEntered',
      'DependencyDeclared',
      'DependencyRemoved',
      'DocumentAttached',
      'RiskAssessed',
      'ModelRegistered',
      'ModelVersionRegistered',
      'VersionDeployed',
      'VersionRolledBack',
      'DriftDetected',
      'DriftResolved',
      'StageEntered',
      'BiasAudited',
      'DatasetRegistered',
      'DataQualityMeasured',
      'ApprovalRequested',
      'ApprovalGiven',
      'ApprovalGranted',
      'ApprovalWithdrawn',
      'IncidentReported',
      'SystemImplicated',
      'SystemCleared',
      'ContainmentDone',
      'CorrectiveActionDone',
      'IncidentClosed',
      'ViolationRecorded',
      'ViolationResolved',
      'DecisionMade',
    ),
    workspace: fc.constantFrom('ws_a', 'ws_a', 'ws_b'),
    minute: fc.integer({ min: 0, max: 40 }),
    version: fc.constantFrom('6', '7'),
    strategy: fc.constantFrom('canary', 'all'),
  })
  .map(({ type, workspace, minute, version, strategy }) => {
    const versioned = ['ModelVersionRegistered', 'VersionDeployed', 'DriftDetected', 'DriftResolved', 'StageEntered', 'BiasAudited']
    const data = { ...(versioned.includes(type) ? { version } : {}), ...(type === 'VersionDeployed' ? { strategy } : {}) }
    return { type, workspace, data, at: at(minute) }
  })

/** Some observations are corrected: by themselves, with another version or another system. */
export const records = fc
  .tuple(fc.array(stories, { minLength: 1, maxLength: 60 }), fc.array(fc.nat(), { maxLength: 6 }))
  .map(([told, corrected]) => {
    const record = new ToldRecord().tell(...told)
    for (const pick of corrected) {
      const i = pick % told.length
      const original = told[i]
      if (original === undefined || !['DriftDetected', 'BiasAudited', 'VersionDeployed', 'StageEntered'].includes(original.type)) continue
      const data = { ...exampleOf(record, i), version: pick % 2 === 0 ? '6' : '7', systems: [pick % 3 === 0 ? 'other' : 'credit-scoring'] }
      record.tell({
        type: 'EventCorrected',
        workspace: original.workspace ?? 'ws_a',
        data: { event: record.reference(i), type: original.type, data, reason: 'wrong' },
      })
    }
    return record
  })

function exampleOf(record: ToldRecord, i: number): Record<string, unknown> {
  return JSON.parse(Buffer.from(record.events[i]?.bytes ?? new Uint8Array()).toString()).data
}
