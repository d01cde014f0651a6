import type { Position, RecordedEvent } from '@annal/ledger'
import { afterEach, describe, expect, test } from 'vitest'
import { openRegisters } from './open-registers.ts'
import { ASKING, idOfNumber, openTold, RegisterFolder, type Told, ToldRecord } from './register-fixtures.contract.ts'

const FIRST = { after: null, limit: 50 }
const ANNA = { id: 'per_anna', mayVote: true }
let folders: RegisterFolder[] = []

afterEach(async () => {
  for (const folder of folders) await folder.close()
  folders = []
})

async function given(...told: Told[]) {
  const folder = await new RegisterFolder().show(new ToldRecord().tell(...told))
  folders.push(folder)
  return folder.registers
}

const at = (day: string) => `${day}T08:00:00.000Z`
const system = (id: string, data: Record<string, unknown> = {}): Told => ({
  type: 'SystemRegistered',
  data: { system: id, name: id.toUpperCase(), ...data },
})

describe('the register of systems', () => {
  test('shows the last of each fact by when it occurred, whenever it was recorded', async () => {
    const registers = await given(
      system('cs'),
      { type: 'RolloutPhaseEntered', data: { system: 'cs', phase: 'full_production' }, at: at('2026-05-20') },
      { type: 'RolloutPhaseEntered', data: { system: 'cs', phase: 'limited_beta' }, at: at('2026-05-02') },
    )
    const found = await registers.system(ASKING, 'cs')
    expect(found).toMatchObject({ phase: 'full_production', events: 3, lastEventAt: at('2026-05-20'), streamVersion: '2' })
    expect(found?.provenBy).toContainEqual({ fact: 'phase', event: idOfNumber(1), occurredAt: at('2026-05-20') })
  })

  test('does not show what was never registered, and counts what happened before it was', async () => {
    const before: Told = { type: 'AvailabilityMeasured', data: { system: 'cs' } }
    expect(await (await given(before)).system(ASKING, 'cs')).toBeNull()
    expect(await (await given(before, system('cs'))).system(ASKING, 'cs')).toMatchObject({ events: 2 })
  })

  test('shows a registration as it was corrected', async () => {
    const record = new ToldRecord().tell(system('cs', { businessUnit: 'lending' }))
    const { system: id, ...corrected } = JSON.parse(Buffer.from(record.events[0]?.bytes ?? []).toString()).data
    const correction = (name: string): Told => ({
      type: 'EventCorrected',
      data: { event: record.reference(0), type: 'SystemRegistered', data: { ...corrected, system: id, name }, reason: 'Misspelt.' },
    })
    record.tell(correction('Credit'), correction('Credit scoring'))
    const folder = await new RegisterFolder().show(record, [1, 2])
    folders.push(folder)
    expect(await folder.registers.system(ASKING, 'cs')).toMatchObject({ name: 'Credit scoring', businessUnit: 'lending', events: 3 })
  })

  test('filters and sorts', async () => {
    const registers = await given(
      system('b', { name: 'Ärger', businessUnit: 'people' }),
      system('a', { name: 'zebra' }),
      { type: 'SystemRetired', data: { system: 'a' } },
      { type: 'SystemRetired', data: { system: 'a' } },
      system('c', { name: 'Birne' }),
      { type: 'ViolationRecorded', data: { subject: 'model:m@1', systems: ['c'] }, at: at('2026-05-09') },
      { type: 'SystemClassified', data: { system: 'c', riskClass: 'minimal' }, at: at('2026-05-01') },
    )
    const ids = async (filter = {}, sort: 'NAME' | 'LAST_EVENT' | 'OPEN_ISSUES' = 'NAME') =>
      (await registers.systems(ASKING, filter, { ...FIRST, sort })).edges.map(({ node }) => node.id)
    expect(await ids()).toEqual(['b', 'c', 'a'])
    expect(await ids({}, 'LAST_EVENT')).toEqual(['c', 'a', 'b'])
    expect(await ids({}, 'OPEN_ISSUES')).toEqual(['c', 'a', 'b'])
    expect(await ids({ search: 'ARG' })).toEqual(['b'])
    expect(await ids({ businessUnit: 'people' })).toEqual(['b'])
    expect(await ids({ riskClass: 'minimal' })).toEqual(['c'])
    expect(await ids({ riskClass: 'unclassified' })).toEqual(['b', 'a'])
    expect(await ids({ retired: true })).toEqual(['a'])
    expect(await ids({ retired: false, hasViolation: false })).toEqual(['b'])
    expect(await registers.countSystems(ASKING, { hasViolation: true })).toEqual({ value: 1, exact: true })
  })

  test('forgets dependencies that were removed', async () => {
    const on = { system: 'cs', on: 'model:m', kind: 'model' }
    const registers = await given(
      system('cs'),
      { type: 'DependencyDeclared', data: on, at: at('2026-05-01') },
      { type: 'DependencyDeclared', data: { ...on, on: 'dataset:d', kind: 'dataset' }, at: at('2026-05-01') },
      { type: 'DependencyRemoved', data: on, at: at('2026-05-02') },
    )
    expect(await registers.dependenciesOfSystem(ASKING, 'cs')).toMatchObject([{ on: 'dataset:d' }])
  })

  test('shows nothing of another workspace', async () => {
    const registers = await given(
      { ...system('cs'), workspace: 'ws_b' },
      { type: 'IncidentReported', data: { systems: ['cs'] }, workspace: 'ws_b' },
      { type: 'ApprovalRequested', workspace: 'ws_b' },
      { type: 'ModelRegistered', workspace: 'ws_b' },
      { type: 'DatasetRegistered', workspace: 'ws_b' },
      { type: 'ViolationRecorded', workspace: 'ws_b' },
    )
    const { activity, ...overview } = await registers.overview(ASKING, ANNA)
    expect(Object.values(overview).filter((value) => value !== 0)).toEqual([[], [], []])
    expect(activity.every(({ events }) => events === 0)).toBe(true)
    const pages = [
      await registers.systems(ASKING, {}, { ...FIRST, sort: 'NAME' }),
      await registers.models(ASKING, {}, FIRST),
      await registers.datasets(ASKING, {}, FIRST),
      await registers.approvals(ASKING, ANNA, {}, FIRST),
      await registers.incidents(ASKING, {}, FIRST),
      await registers.violations(ASKING, {}, FIRST),
    ]
    expect(pages).toEqual(pages.map(() => ({ edges: [], more: false })))
    expect(await registers.systems({ ...ASKING, workspace: 'ws_b' }, {}, { ...FIRST, sort: 'NAME' })).toMatchObject({ edges: [{}] })
  })
})

describe('pages', () => {
  test('lose and repeat nothing while others are registered', async () => {
    const record = new ToldRecord().tell(...Array.from({ length: 30 }, (_, i) => system(`s${i}`, { name: `name ${i % 4}` })))
    const folder = await new RegisterFolder().show(record)
    folders.push(folder)
    const seen: string[] = []
    let after: string | null = null
    for (let round = 0; ; round++) {
      const page: Awaited<ReturnType<typeof folder.registers.systems>> = await folder.registers.systems(
        ASKING,
        {},
        { after, limit: 7, sort: 'NAME' },
      )
      seen.push(...page.edges.map(({ node }) => node.id))
      if (!page.more) break
      after = page.edges.at(-1)?.cursor ?? null
      await folder.show(record.tell(system(`new${round}`, { name: `name ${round % 4}` })))
    }
    const old = seen.filter((id) => id.startsWith('s'))
    expect(new Set(seen).size).toBe(seen.length)
    expect(old).toHaveLength(30)
  })
})

describe('the register of models', () => {
  const model: Told = { type: 'ModelRegistered', data: { model: 'm', name: 'Scorer', systems: ['cs'] } }
  const deployed = (version: string, day: string, data: Record<string, unknown> = {}): Told => ({
    type: 'VersionDeployed',
    data: { model: 'm', version, strategy: 'all', share: undefined, approval: undefined, systems: ['cs'], ...data },
    at: at(day),
  })
  const deployments = async (...told: Told[]) =>
    (await (await given(model, ...told)).deploymentsOfModel(ASKING, 'm')).map(({ version, environment }) => `${version} ${environment}`)

  test('shows what is deployed in each environment', async () => {
    expect(await deployments(deployed('6', '2026-05-01'), deployed('7', '2026-05-02'))).toEqual(['7 production'])
    expect(await deployments(deployed('6', '2026-05-01'), deployed('7', '2026-05-02', { environment: 'staging' }))).toEqual([
      '6 production',
      '7 staging',
    ])
    expect(await deployments(deployed('6', '2026-05-01'), deployed('7', '2026-05-02', { strategy: 'canary', share: 0.1 }))).toEqual([
      '6 production',
      '7 production',
    ])
    expect(await deployments(deployed('7', '2026-05-02'), deployed('6', '2026-05-01'))).toEqual(['7 production'])
  })

  test('returns to the version that a roll-back names', async () => {
    const rolledBack: Told = {
      type: 'VersionRolledBack',
      data: { model: 'm', version: '7', to: '6', systems: ['cs'] },
      at: at('2026-05-03'),
    }
    expect(await deployments(deployed('6', '2026-05-01'), deployed('7', '2026-05-02'), rolledBack)).toEqual(['6 production'])
  })

  test('ends with the retirement of what was deployed, everywhere, until it is deployed again', async () => {
    const canary = deployed('7', '2026-05-02', { strategy: 'canary', share: 0.1 })
    const retired = (version: string | undefined, day: string): Told => ({
      type: 'ModelRetired',
      data: { model: 'm', version, replacedBy: undefined, systems: ['cs'] },
      at: at(day),
    })
    const staged = deployed('6', '2026-05-01', { environment: 'staging' })
    expect(await deployments(deployed('6', '2026-05-01'), staged, canary, retired('6', '2026-05-03'))).toEqual(['7 production'])
    expect(await deployments(retired('6', '2026-05-03'), canary, deployed('6', '2026-05-01'))).toEqual(['7 production'])
    expect(await deployments(deployed('6', '2026-05-01'), canary, retired(undefined, '2026-05-03'))).toEqual([])
    expect(await deployments(deployed('6', '2026-05-01'), retired('6', '2026-05-03'), deployed('6', '2026-05-04'))).toEqual([
      '6 production',
    ])
  })

  test('remembers more deployments than it reads at once', async () => {
    const canaries = Array.from({ length: 120 }, (_, i) => ({
      ...deployed(String(i), '2026-05-01', { strategy: 'canary', share: 0.1 }),
      at: new Date(Date.parse(at('2026-05-01')) + i * 1000).toISOString(),
    }))
    expect(await deployments(...canaries)).toHaveLength(120)
  })

  test('counts drift until it is resolved, for its systems too', async () => {
    const drift = (metric: string, day: string): Told => ({
      type: 'DriftDetected',
      data: { model: 'm', version: '7', metric, systems: ['cs'] },
      at: at(day),
    })
    const resolved: Told = { type: 'DriftResolved', data: { model: 'm', version: '7', metric: 'psi' }, at: at('2026-05-04') }
    const registers = await given(
      system('cs'),
      model,
      drift('psi', '2026-05-01'),
      drift('psi', '2026-05-02'),
      drift('auc', '2026-05-03'),
      resolved,
    )
    expect(await registers.model(ASKING, 'm')).toMatchObject({ openDrift: 1 })
    expect(await registers.system(ASKING, 'cs')).toMatchObject({ driftAlerts: 1 })
    expect((await registers.models(ASKING, { hasDrift: true, system: 'cs' }, FIRST)).edges).toHaveLength(1)
    expect((await registers.overview(ASKING, ANNA)).badNews).toMatchObject([{ kind: 'DRIFT', thing: 'model:m@7', system: 'cs' }])
  })

  test('shows versions with their evaluations and whether they are approved, the newest first', async () => {
    const version = (name: string, day: string): Told => ({
      type: 'ModelVersionRegistered',
      data: { model: 'm', version: name, trainedOn: ['loans@1'], metrics: { auc: 0.9 } },
      at: at(day),
    })
    const terms = { approval: 'a', subject: 'model:m@7', subjectVersion: 2, expiresAt: '2026-12-31T00:00:00.000Z' }
    const registers = await given(
      model,
      version('6', '2026-05-01'),
      version('7', '2026-05-02'),
      { type: 'BiasAudited', data: { model: 'm', version: '7' }, at: at('2026-05-03') },
      { type: 'ModelEvaluated', data: { model: 'm', version: '7', passed: false }, at: at('2026-05-04') },
      { type: 'StageEntered', data: { model: 'm', version: '7', stage: 'validation' }, at: at('2026-05-05') },
      { type: 'ApprovalRequested', data: terms, at: at('2026-05-06') },
      { type: 'ApprovalGranted', data: terms, at: at('2026-05-07') },
    )
    const { edges } = await registers.versionsOfModel(ASKING, 'm', FIRST)
    expect(edges.map(({ node }) => node)).toMatchObject([
      {
        version: '7',
        stage: 'validation',
        trainedOn: ['dataset:loans@1'],
        metrics: [{ name: 'auc', value: 0.9 }],
        approvalInForce: true,
        approval: 'a',
        evaluations: [
          { kind: 'ModelEvaluated', passed: false, summary: expect.stringContaining('failed') },
          { kind: 'BiasAudited', passed: true, summary: expect.stringContaining('gender') },
        ],
      },
      { version: '6', stage: null, approvalInForce: false, evaluations: [] },
    ])
    expect(await registers.usersOfDataset(ASKING, 'loans')).toEqual(['model:m@6', 'model:m@7'])
  })
})

describe('evidence that runs out', () => {
  const overview = async (...told: Told[]) => (await given(...told)).overview(ASKING, ANNA)
  const card = (version: string): Told => ({ type: 'ModelCardPublished', data: { model: 'm', version, validUntil: '2026-05-31' } })
  const retired = (version?: string): Told => ({ type: 'ModelRetired', data: { model: 'm', version, replacedBy: undefined } })

  test('is told of what is in use, not of what is retired', async () => {
    expect(await overview(card('6'), card('7'))).toMatchObject({ expiringEvidence: 2, badNews: [{}, {}] })
    expect(await overview(card('6'), card('7'), retired('6'))).toMatchObject({
      expiringEvidence: 1,
      badNews: [{ thing: 'model:m', title: 'Model card published, version 7' }],
    })
    expect(await overview(retired('6'), card('6'), card('7'))).toMatchObject({ expiringEvidence: 1 })
    expect(await overview(card('6'), card('7'), retired())).toMatchObject({ expiringEvidence: 0, badNews: [] })
    const plan: Told = { type: 'OversightPlanned', data: { system: 'cs', validUntil: '2026-05-31' } }
    expect(await overview(plan)).toMatchObject({ expiringEvidence: 1 })
    expect(await overview(plan, { type: 'SystemRetired', data: { system: 'cs' } })).toMatchObject({ expiringEvidence: 0, badNews: [] })
  })
})

describe('the register of datasets', () => {
  test('shows versions, the last measured quality and who uses it', async () => {
    const registers = await given(
      { type: 'DatasetRegistered', data: { dataset: 'loans', name: 'Loans' } },
      { type: 'DatasetVersioned', data: { dataset: 'loans', version: '1' }, at: at('2026-05-01') },
      { type: 'DatasetVersioned', data: { dataset: 'loans', version: '2', rows: 12 }, at: at('2026-05-02') },
      { type: 'DataQualityMeasured', data: { dataset: 'loans', version: '2', dimensions: { completeness: 0.9 } } },
      { type: 'DependencyDeclared', data: { system: 'cs', on: 'dataset:loans@2', kind: 'dataset' } },
      { type: 'DependencyDeclared', data: { system: 'other', on: 'dataset:loans2', kind: 'dataset' } },
    )
    expect(await registers.dataset(ASKING, 'loans')).toMatchObject({ name: 'Loans', quality: [{ name: 'completeness', value: 0.9 }] })
    const { edges } = await registers.versionsOfDataset(ASKING, 'loans', FIRST)
    expect(edges.map(({ node }) => [node.version, node.rows])).toEqual([
      ['2', '12'],
      ['1', expect.anything()],
    ])
    expect(await registers.usersOfDataset(ASKING, 'loans')).toEqual(['aisystem:cs'])
    expect((await registers.datasets(ASKING, { search: 'LOAN' }, FIRST)).edges).toHaveLength(1)
  })
})

describe('the inbox of approvals', () => {
  const terms = {
    approval: 'a',
    subject: 'model:cs@7',
    subjectVersion: 1,
    quorum: 2,
    approvers: ['per_anna', 'per_ben'],
    requester: undefined,
    expiresAt: '2026-06-30T00:00:00.000Z',
    systems: ['cs'],
  }
  const requested: Told = { type: 'ApprovalRequested', data: terms, actor: 'per_asker', at: at('2026-05-01') }
  const gives = (person: string): Told => ({ type: 'ApprovalGiven', data: { approval: 'a', subject: 'model:cs@7' }, actor: person })
  const granted: Told = { type: 'ApprovalGranted', data: { ...terms, quorum: undefined }, at: at('2026-05-03') }
  const later = { ...ASKING, now: '2026-07-01T00:00:00.000Z' }
  const seenBy = async (id: string, ...told: Told[]) => (await given(...told)).approval(ASKING, { id, mayVote: true }, 'a')

  test('says who may decide and why others may not', async () => {
    expect(await seenBy('per_anna', requested)).toMatchObject({ status: 'PENDING', mayDecide: true, mayNotBecause: null, inForce: false })
    expect(await seenBy('per_asker', requested)).toMatchObject({ mayDecide: false, mayNotBecause: 'OWN_REQUEST' })
    expect(await seenBy('per_dora', requested)).toMatchObject({ mayNotBecause: 'NOT_NAMED' })
    const onBehalf: Told = { ...requested, data: { ...terms, requester: 'per_dora' }, actor: 'svc_1' }
    expect(await seenBy('per_dora', onBehalf)).toMatchObject({
      mayNotBecause: 'OWN_REQUEST',
      requestedBy: { kind: 'SERVICE', id: 'svc_1' },
      onBehalfOf: 'per_dora',
    })
    expect(await seenBy('per_dora', requested)).toMatchObject({ onBehalfOf: null })
    expect(await seenBy('per_anna', requested, gives('per_anna'))).toMatchObject({
      mayNotBecause: 'ALREADY_DECIDED',
      given: [{ person: 'per_anna', event: idOfNumber(1) }],
    })
    expect(await (await given(requested)).approval(ASKING, { id: 'per_anna', mayVote: false }, 'a')).toMatchObject({
      mayNotBecause: 'NOT_ALLOWED',
    })
  })

  test('lists what one may decide on now', async () => {
    const registers = await given(system('cs'), requested, gives('per_anna'))
    const mine = async (id: string, asking = ASKING) =>
      (await registers.approvals(asking, { id, mayVote: true }, { mine: true }, FIRST)).edges.map(({ node }) => node.id)
    expect(await mine('per_anna')).toEqual([])
    expect(await mine('per_ben')).toEqual(['a'])
    expect(await mine('per_ben', later)).toEqual([])
    expect(await registers.overview(ASKING, { id: 'per_ben', mayVote: true })).toMatchObject({ pendingApprovals: 1, pendingForMe: 1 })
    expect(await registers.overview(later, { id: 'per_ben', mayVote: true })).toMatchObject({ pendingApprovals: 0, pendingForMe: 0 })
    expect(await registers.system(ASKING, 'cs')).toMatchObject({ pendingApprovals: 1 })
    expect(await registers.system(later, 'cs')).toMatchObject({ pendingApprovals: 0 })
  })

  test('counts what is asked for a system itself among what concerns it', async () => {
    const registers = await given(system('cs'), { ...requested, data: { ...terms, subject: 'aisystem:cs', systems: undefined } })
    const { edges } = await registers.approvals(ASKING, ANNA, { system: 'cs' }, FIRST)
    expect(edges).toMatchObject([{ node: { id: 'a', systems: ['cs'] } }])
    expect(await registers.system(ASKING, 'cs')).toMatchObject({ pendingApprovals: 1 })
  })

  test('binds an approval to what was asked for, whatever a correction of before they were refused says', async () => {
    const record = new ToldRecord().tell(requested, gives('per_anna'), granted, { type: 'DriftDetected' })
    const [request, , , last] = record.events
    const envelope = JSON.parse(Buffer.from(request?.bytes ?? []).toString())
    const data = { ...envelope.data, subject: 'model:cs@8', expiresAt: '2199-01-01T00:00:00.000Z' }
    const correction = { event: record.reference(0), type: 'ApprovalRequested', data, reason: 'wrong' }
    const stored = { ...envelope, id: idOfNumber(9), type: 'EventCorrected', streamVersion: 3, data: correction }
    const { id, type, streamVersion } = stored
    const bytes = Buffer.from(JSON.stringify(stored))
    record.events.push({ ...(request as RecordedEvent), id, type, streamVersion, bytes, position: `${last?.position}9` as Position })
    const folder = await new RegisterFolder().show(record)
    folders.push(folder)
    expect(await folder.registers.approval(ASKING, ANNA, 'a')).toMatchObject({ subject: 'model:cs@7', expiresAt: terms.expiresAt })
  })

  test('says when an approval is in force, and why not', async () => {
    const registers = await given(requested, gives('per_anna'), gives('per_ben'), granted)
    const approval = (asking = ASKING) => registers.approval(asking, ANNA, 'a')
    expect(await approval()).toMatchObject({ status: 'GRANTED', inForce: true, notInForceBecause: null, mayNotBecause: 'NOT_PENDING' })
    expect(await approval(later)).toMatchObject({ status: 'LAPSED', inForce: false, notInForceBecause: 'expired' })
    const changed = await given(requested, granted, {
      type: 'ModelVersionRegistered',
      data: { model: 'cs', version: '7' },
      at: at('2026-05-10'),
    })
    expect(await changed.approval(ASKING, ANNA, 'a')).toMatchObject({ status: 'LAPSED', notInForceBecause: 'subject_changed' })
  })

  test('are found by a part of what they are called, of their subject or of their id', async () => {
    const told: Told[] = [
      requested,
      { ...requested, data: { ...terms, approval: 'go-live', subject: 'aisystem:cs_x' } },
      { type: 'ModelRegistered', data: { model: 'cs', name: 'Créditwürdigkeit' } },
      system('cs_x', { name: 'Scoring of loans' }),
    ]
    const registers = await given(...told)
    const found = async (search: string) => (await registers.approvals(ASKING, ANNA, { search }, FIRST)).edges.map(({ node }) => node.id)
    expect(await found('creditw')).toEqual(['a'])
    expect(await found('Loans')).toEqual(['go-live'])
    expect(await found('MODEL:cs@')).toEqual(['a'])
    expect(await found('live')).toEqual(['go-live'])
    expect(await found('%')).toEqual([])
  })

  test('says of what is pending that its subject changed since: granted, it would not be in force', async () => {
    const version = (day: string): Told => ({ type: 'ModelVersionRegistered', data: { model: 'cs', version: '7' }, at: at(day) })
    const before = [version('2026-04-01'), { ...requested, data: { ...terms, subjectVersion: 0 } }]
    expect(await seenBy('per_anna', ...before)).toMatchObject({ status: 'PENDING', subjectChangedAt: null })
    expect(await seenBy('per_anna', ...before, version('2026-05-10'))).toMatchObject({
      status: 'PENDING',
      mayDecide: true,
      subjectChangedAt: at('2026-05-10'),
    })
  })

  test('filters by the status of now', async () => {
    const registers = await given(requested)
    const found = async (status: 'PENDING' | 'EXPIRED' | 'GRANTED' | 'LAPSED', asking = ASKING) =>
      (await registers.approvals(asking, ANNA, { status: [status] }, FIRST)).edges.length
    expect([await found('PENDING'), await found('EXPIRED')]).toEqual([1, 0])
    expect([await found('PENDING', later), await found('EXPIRED', later)]).toEqual([0, 1])
    const inForce = await given(requested, granted)
    const of = async (asking: typeof ASKING) => (await inForce.approvals(asking, ANNA, { status: ['LAPSED'] }, FIRST)).edges.length
    expect([await of(ASKING), await of(later)]).toEqual([0, 1])
  })

  test('tells what people wrote while it may be read, and keeps none of it', async () => {
    const record = new ToldRecord().tell(requested, {
      type: 'ApprovalRefused',
      data: { approval: 'a', subject: 'model:cs@7', reason: 'The audit is missing.' },
      actor: 'per_ben',
    })
    const folder = await new RegisterFolder().show(record)
    folders.push(folder)
    expect(await folder.registers.approval(ASKING, ANNA, 'a')).toMatchObject({
      status: 'REFUSED',
      refusedBy: 'per_ben',
      endReason: 'The audit is missing.',
    })
    const erased = openRegisters({ views: folder.views, open: openTold(new Set([idOfNumber(1)])) })
    expect(await erased.approval(ASKING, ANNA, 'a')).toMatchObject({ status: 'REFUSED', endReason: null })
    const { fact = [], ...others } = await folder.rows()
    expect(JSON.stringify(others)).not.toContain('missing')
    expect(JSON.stringify(fact.map((row) => ({ ...(row as object), bytes: null })))).not.toContain('missing')
  })
})

describe('incidents', () => {
  const berlin: Told = {
    type: 'WorkspaceOpened',
    workspace: 'system',
    data: { workspace: 'ws_a', legalTimeZone: 'Europe/Berlin' },
    at: at('2026-01-01'),
  }
  const reported: Told = {
    type: 'IncidentReported',
    data: {
      incident: 'i',
      title: 'Refusals rose',
      category: 'fundamental-rights',
      severity: 'high',
      occurredAt: at('2026-05-04'),
      awareAt: at('2026-05-05'),
      systems: ['cs', 'ls'],
    },
    at: at('2026-05-05'),
  }
  const about = (type: string, of: string): Told => ({ type, data: { incident: 'i', system: of } })
  const notified: Told = { type: 'AuthorityNotified', data: { incident: 'i', regime: 'ai_act', sentAt: at('2026-05-15') } }
  const incident = async (...told: Told[]) => (await given(berlin, reported, ...told)).incident(ASKING, 'i')

  test('are reported, triaged, contained and closed', async () => {
    expect(await incident()).toMatchObject({ status: 'REPORTED', title: 'Refusals rose' })
    expect(await incident({ type: 'IncidentTriaged', data: { incident: 'i', severity: 'critical' } })).toMatchObject({
      status: 'TRIAGED',
      severity: 'critical',
    })
    const contained = [about('ContainmentDone', 'cs'), about('SystemCleared', 'ls')]
    expect(await incident(about('ContainmentDone', 'cs'))).toMatchObject({ status: 'REPORTED' })
    expect(await incident(...contained)).toMatchObject({
      status: 'CONTAINED',
      systems: [
        { system: 'cs', state: 'CONTAINED', actions: [{ kind: 'contained', action: expect.stringContaining('Rolled back') }] },
        { system: 'ls', state: 'CLEARED', actions: [] },
      ],
    })
    const closed: Told = { type: 'IncidentClosed', data: { incident: 'i', rootCause: 'A unit changed.' } }
    expect(await incident(...contained, about('CorrectiveActionDone', 'cs'), closed)).toMatchObject({
      status: 'CLOSED',
      rootCause: 'A unit changed.',
    })
    expect(await incident(...contained, closed, about('SystemImplicated', 'third'))).toMatchObject({ status: 'REPORTED', rootCause: null })
  })

  test('have deadlines that end with the day in the legal time zone', async () => {
    expect(await incident()).toMatchObject({
      deadlines: [{ rule: 'aia-73-2-general', article: 'Art. 73(2)', due: '2026-05-20T22:00:00.000Z', metAt: null, overdue: true }],
    })
    expect(await incident(notified)).toMatchObject({ deadlines: [{ metAt: at('2026-05-15'), overdue: false }] })
    expect(await incident({ type: 'IncidentTriaged', data: { incident: 'i', serious: false, category: undefined } })).toMatchObject({
      deadlines: [],
    })
  })

  test('count for the systems that they concern, until these are cleared or it is closed', async () => {
    const registers = await given(berlin, system('cs'), system('ls'), reported, about('SystemCleared', 'ls'))
    expect(await registers.system(ASKING, 'cs')).toMatchObject({ openIncidents: 1 })
    expect(await registers.system(ASKING, 'ls')).toMatchObject({ openIncidents: 0 })
    expect(await registers.incidents(ASKING, { system: 'cs', open: true, overdue: true }, FIRST)).toMatchObject({ edges: [{}] })
    expect(await registers.overview(ASKING, ANNA)).toMatchObject({
      openIncidents: 1,
      overdueIncidents: 1,
      badNews: [{ kind: 'OVERDUE_CLOCK', title: 'Refusals rose', due: '2026-05-20T22:00:00.000Z' }],
    })
    const over = await given(system('cs'), reported, about('CorrectiveActionDone', 'cs'), about('SystemCleared', 'ls'), {
      type: 'IncidentClosed',
      data: { incident: 'i' },
    })
    expect(await over.system(ASKING, 'cs')).toMatchObject({ openIncidents: 0 })
    expect(await over.overview(ASKING, ANNA)).toMatchObject({
      openIncidents: 0,
      overdueIncidents: 1,
      badNews: [{ kind: 'OVERDUE_CLOCK' }],
      more: 0,
    })
  })

  test('lose their titles with the keys, and nothing else', async () => {
    const folder = await new RegisterFolder().show(new ToldRecord().tell(reported))
    folders.push(folder)
    const erased = openRegisters({ views: folder.views, open: openTold(new Set([idOfNumber(0)])) })
    expect(await erased.incident(ASKING, 'i')).toMatchObject({ title: null, category: 'fundamental-rights' })
    expect((await erased.overview(ASKING, ANNA)).badNews).toMatchObject([{ title: 'i' }])
  })
})

describe('violations', () => {
  const recorded: Told = {
    type: 'ViolationRecorded',
    data: { violation: 'v', rule: 'deployed-without-approval', subject: 'model:cs@7', systems: ['cs'] },
  }

  test('are open until a person resolves them', async () => {
    const open = await given(system('cs'), recorded)
    expect(await open.violations(ASKING, { open: true, system: 'cs' }, FIRST)).toMatchObject({
      edges: [{ node: { id: 'v', resolvedAt: null } }],
    })
    const searched = async (search: string) => (await open.violations(ASKING, { search }, FIRST)).edges.length
    expect([await searched('Deployed without'), await searched('cs@7'), await searched('other')]).toEqual([1, 1, 0])
    expect(await open.overview(ASKING, ANNA)).toMatchObject({ openViolations: 1, badNews: [{ kind: 'VIOLATION', thing: 'violation:v' }] })
    const resolved = await given(system('cs'), recorded, {
      type: 'ViolationResolved',
      data: { violation: 'v', subject: 'model:cs@7', reason: 'Approved since.' },
      actor: 'per_anna',
    })
    expect(await resolved.violations(ASKING, { open: true }, FIRST)).toMatchObject({ edges: [] })
    expect(await resolved.violations(ASKING, {}, FIRST)).toMatchObject({
      edges: [{ node: { resolvedBy: { kind: 'PERSON', id: 'per_anna' }, reason: 'Approved since.' } }],
    })
    expect(await resolved.system(ASKING, 'cs')).toMatchObject({ openViolations: 0 })
  })

  test('are told with the names that people know things by, once these are registered', async () => {
    const unknown = await given(recorded)
    expect(await unknown.violations(ASKING, {}, FIRST)).toMatchObject({ edges: [{ node: { subjectName: null, systemName: null } }] })
    expect((await unknown.overview(ASKING, ANNA)).badNews).toMatchObject([
      { title: 'Deployed without approval: model:cs@7', systemName: null },
    ])
    const known = await given(recorded, system('cs'), { type: 'ModelRegistered', data: { model: 'cs', name: 'Credit score' } })
    expect(await known.violations(ASKING, {}, FIRST)).toMatchObject({
      edges: [{ node: { subjectName: 'Credit score 7', systemName: 'CS' } }],
    })
    expect((await known.overview(ASKING, ANNA)).badNews).toMatchObject([
      { title: 'Deployed without approval: Credit score 7', systemName: 'CS' },
    ])
  })
})

describe('the overview', () => {
  test('names evidence that ran out or soon will, by the last of its kind', async () => {
    const document = (validUntil: string, day: string): Told => ({
      type: 'DocumentAttached',
      data: {
        system: 'cs',
        kind: 'technical-documentation-item',
        title: 'File',
        annexItem: 'annex-iv.1',
        validFrom: '2026-01-01',
        validUntil,
      },
      at: at(day),
    })
    const expired = await given(system('cs'), document('2026-05-31', '2026-05-01'))
    expect(await expired.overview(ASKING, ANNA)).toMatchObject({
      expiringEvidence: 1,
      badNews: [{ kind: 'EVIDENCE_EXPIRED', title: 'File', system: 'cs', due: '2026-06-01T00:00:00.000Z' }],
    })
    const soon = await given(system('cs'), document('2026-05-01', '2026-04-01'), document('2026-06-20', '2026-05-02'))
    expect((await soon.overview(ASKING, ANNA)).badNews).toMatchObject([{ kind: 'EVIDENCE_EXPIRING' }])
    const renewed = await given(system('cs'), document('2026-05-01', '2026-04-01'), document('2027-06-20', '2026-05-02'))
    expect(await renewed.overview(ASKING, ANNA)).toMatchObject({ expiringEvidence: 0, badNews: [] })
  })

  test('names a lapsed approval while its version is still deployed', async () => {
    const terms = { approval: 'a', subject: 'model:cs@7', subjectVersion: 1, expiresAt: '2026-05-20T00:00:00.000Z', systems: ['cs'] }
    const approved: Told[] = [
      { type: 'ApprovalRequested', data: terms },
      { type: 'ApprovalGranted', data: terms, at: at('2026-05-03') },
    ]
    const deployed: Told = { type: 'VersionDeployed', data: { model: 'cs', version: '7', strategy: 'all', share: undefined } }
    expect(await (await given(...approved)).overview(ASKING, ANNA)).toMatchObject({ lapsedApprovals: 1, badNews: [] })
    expect((await (await given(...approved, deployed)).overview(ASKING, ANNA)).badNews).toMatchObject([
      { kind: 'APPROVAL_LAPSED', thing: 'approval:a' },
    ])
  })

  test('leads with the worst and says how many are left', async () => {
    const drifts = Array.from(
      { length: 60 },
      (_, i): Told => ({ type: 'DriftDetected', data: { model: 'm', version: '1', metric: `m${i}` } }),
    )
    const { badNews, more } = await (await given(...drifts, { type: 'ViolationRecorded' })).overview(ASKING, ANNA)
    expect(badNews).toHaveLength(50)
    expect(badNews[0]?.kind).toBe('VIOLATION')
    expect(more).toBe(11)
  })
})

describe('activity', () => {
  test('counts each day of a system and of the workspace', async () => {
    const registers = await given(
      { type: 'DecisionMade', data: { system: 'cs' }, at: '2026-05-01T23:59:59.999Z' },
      { type: 'VersionDeployed', data: { model: 'm', version: '1', systems: ['cs', 'ls'] }, at: '2026-05-02T00:00:00.000Z' },
    )
    const days = { from: '2026-05-01', to: '2026-05-03' }
    const nothing = { events: 0, incidents: 0, violations: 0, deployments: 0, decisions: 0 }
    expect(await registers.activity(ASKING, 'cs', days)).toEqual([
      { ...nothing, date: '2026-05-01', events: 1, decisions: 1 },
      { ...nothing, date: '2026-05-02', events: 1, deployments: 1 },
      { ...nothing, date: '2026-05-03' },
    ])
    expect((await registers.activity(ASKING, null, days)).map(({ events }) => events)).toEqual([1, 1, 0])
  })
})
