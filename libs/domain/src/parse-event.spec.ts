import { describe, expect, test } from 'vitest'
import type { ParsedEvent } from './event-type.ts'
import { eventType, eventTypes } from './event-types.ts'
import { parseEvent } from './parse-event.ts'

const AT = '2026-03-04T07:15:00.000Z'
const example = (type: string) => eventType(type)?.example as Record<string, unknown>

function parsed(type: string, data: unknown): ParsedEvent {
  const outcome = parseEvent(type, data, AT)
  if (outcome.status === 'refused') throw new Error(outcome.message)
  return outcome.event
}

describe('the stream of refused data', () => {
  const streamOf = (type: string, changes: Record<string, unknown>) => {
    const outcome = parseEvent(type, { ...example(type), ...changes }, AT)
    return outcome.status === 'refused' ? outcome.stream : 'not refused'
  }

  test('is told as long as the fields that name it are right', () => {
    expect(streamOf('ModelEvaluated', { colour: 'red', passed: 'yes' })).toBe('model-cs')
    expect(streamOf('DecisionMade', { confidence: 2 })).toBe(parsed('DecisionMade', example('DecisionMade')).stream)
    expect(streamOf('QuotaSet', { limit: -1 })).toBe('workspace-settings')
    expect(streamOf('EventCorrected', { type: 'ModelRetired' })).toBe(parsed('EventCorrected', example('EventCorrected')).stream)
    expect(streamOf('EventCorrected', { reason: 7 })).toBe(parsed('EventCorrected', example('EventCorrected')).stream)
  })

  test('is not told when one of those is wrong or missing, or there is no data', () => {
    expect(streamOf('ModelEvaluated', { model: 'Two Words' })).toBeNull()
    expect(streamOf('ModelEvaluated', { model: undefined })).toBeNull()
    expect(streamOf('DecisionMade', { decisionId: 7 })).toBeNull()
    expect(streamOf('EventCorrected', { event: 'nothing' })).toBeNull()
    expect(parseEvent('ModelEvaluated', [], AT)).toMatchObject({ status: 'refused', stream: null })
    expect(parseEvent('ModelImagined', {}, AT)).toMatchObject({ status: 'refused', stream: null })
  })

  test('is told of every type whose data has a field too many', () => {
    for (const { name } of eventTypes) expect([name, streamOf(name, { surplus: 1 })]).toEqual([name, parsed(name, example(name)).stream])
  })
})

describe('references', () => {
  test('are derived from the marked fields, the subject included, sorted and once', () => {
    expect(parsed('ModelVersionRegistered', example('ModelVersionRegistered')).about).toEqual([
      'aisystem:credit-scoring',
      'component:income-features@2.1.0',
      'dataset:loans@2026-02',
      'model:cs',
      'model:cs@6',
      'model:cs@7',
    ])
    expect(parsed('ModelEvaluated', { ...example('ModelEvaluated'), systems: ['b', 'a', 'b'] }).about.slice(0, 2)).toEqual([
      'aisystem:a',
      'aisystem:b',
    ])
  })

  test('never name people or data subjects', () => {
    expect(parsed('PersonProfileSet', example('PersonProfileSet')).about).toEqual([])
    expect(parsed('SubjectErased', example('SubjectErased')).about).toEqual([])
    expect(parsed('DecisionMade', example('DecisionMade')).about).toEqual(['aisystem:credit-scoring', 'model:cs@7'])
    expect(parsed('TrainingCompleted', example('TrainingCompleted')).about.join()).not.toContain('per_')
  })

  test('of which there are more than 128 are refused', () => {
    const many = (n: number, prefix: string) => Array.from({ length: n }, (_, i) => `${prefix}${i}@1`)
    const data = {
      ...example('ModelVersionRegistered'),
      trainedOn: many(48, 'd'),
      features: many(48, 'f'),
      systems: many(29, 's').map((id) => id.slice(0, -2)),
    }
    expect(parsed('ModelVersionRegistered', data).about).toHaveLength(128)
    expect(parseEvent('ModelVersionRegistered', { ...data, index: 'one-more' }, AT)).toMatchObject({
      status: 'refused',
      code: 'TooManyReferences',
    })
  })
})

describe('sealed fields', () => {
  test('free text is encrypted, wherever it stands', () => {
    const { sealed } = parsed('OversightPlanned', example('OversightPlanned'))
    expect(sealed).toEqual([
      { pointer: '/measures/0', how: 'encrypted', subject: null },
      { pointer: '/measures/1', how: 'encrypted', subject: null },
      { pointer: '/stopProcedure', how: 'encrypted', subject: null },
    ])
  })

  test('digests of inputs about people stand under the name they are stored by', () => {
    const { data, sealed } = parsed('DecisionMade', example('DecisionMade'))
    expect(data).toHaveProperty('inputHmac', example('DecisionMade').inputSha256)
    expect(data).not.toHaveProperty('inputSha256')
    expect(sealed).toEqual([
      { pointer: '/inputHmac', how: 'digest', subject: 'sub_77aa41c9' },
      { pointer: '/outputHmac', how: 'digest', subject: 'sub_77aa41c9' },
    ])
  })

  test('what is written about a person goes with that person', () => {
    expect(parsed('DecisionReviewed', example('DecisionReviewed')).sealed).toEqual([
      { pointer: '/reason', how: 'encrypted', subject: 'sub_77aa41c9' },
    ])
    expect(parsed('DecisionReviewed', { ...example('DecisionReviewed'), subject: null }).sealed).toEqual([
      { pointer: '/reason', how: 'encrypted', subject: null },
    ])
    expect(parsed('PersonProfileSet', example('PersonProfileSet')).sealed.map(({ pointer }) => pointer)).toEqual([
      '/name',
      '/email',
      '/title',
    ])
  })

  test('the record of an erasure is not sealed under the key that it destroys', () => {
    expect(parsed('SubjectErased', example('SubjectErased')).sealed).toEqual([{ pointer: '/reason', how: 'encrypted', subject: null }])
  })
})

describe('normalisation', () => {
  test('instants become those of the record', () => {
    const { data } = parsed('ApprovalRequested', { ...example('ApprovalRequested'), expiresAt: '2026-04-01T00:00:00+02:00' })
    expect(data.expiresAt).toBe('2026-03-31T22:00:00.000Z')
  })

  test('stream versions may be the opaque strings of a receipt', () => {
    expect(parsed('ApprovalRequested', { ...example('ApprovalRequested'), subjectVersion: '12' }).data.subjectVersion).toBe(12)
    expect(parseEvent('ApprovalRequested', { ...example('ApprovalRequested'), subjectVersion: '012' }, AT)).toMatchObject({
      path: '/subjectVersion',
    })
  })

  test('what was parsed is the sender’s no longer: later changes of it don’t show', () => {
    const sent = structuredClone(example('BiasAudited')) as { groups: { value: number }[] }
    const { data } = parsed('BiasAudited', sent)
    sent.groups[0]!.value = 9
    expect(data).toMatchObject({ groups: [{ value: 0.41 }, { value: 0.47 }] })
  })
})

/** As GraphQL hands inputs over. */
function withoutPrototypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPrototypes)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, member]) => [key, withoutPrototypes(member)] as const)
  return Object.assign(Object.create(null), Object.fromEntries(entries))
}

test('objects without a prototype are objects too', () => {
  for (const { name, example: sent } of eventTypes) expect(parsed(name, withoutPrototypes(sent))).toEqual(parsed(name, sent))
})

describe('refusals name the field', () => {
  const deployed = example('VersionDeployed')
  test.each([
    ['/share', { share: 1.2 }],
    ['/share', { share: '0.1' }],
    ['/share', { share: Number.NaN }],
    ['/kind', { kind: 'real-time' }],
    ['/model', { model: 'CS' }],
    ['/model', { model: 'a'.repeat(101) }],
    ['/version', { version: '7/8' }],
    ['/note', { note: '' }],
    ['/note', { note: 'x'.repeat(4001) }],
    ['/note', { note: 'half a pair: \ud83d' }],
    ['/note', { note: '\u001b[31mred' }],
    ['/note', { note: { enc: 1, sub: null, iv: 'a', ct: 'b', kc: 'c' } }],
    ['/systems', { systems: Array.from({ length: 65 }, (_, i) => `s${i}`) }],
    ['/systems/1', { systems: ['a', 'B'] }],
    ['/a~1b~0c', { 'a/b~c': 1 }],
    ['/toString', { toString: 1 }],
    ['/__proto__', JSON.parse('{"__proto__": 1}')],
  ])('%s', (path, change) => {
    const data = Object.defineProperties({ ...deployed }, Object.getOwnPropertyDescriptors(change))
    expect(parseEvent('VersionDeployed', data, AT)).toMatchObject({
      status: 'refused',
      code: 'InvalidEvent',
      path,
      message: expect.stringContaining(path),
    })
  })

  test.each([[null], [undefined], ['text'], [7], [[]], [() => 1]])('data that is no object: %s', (data) => {
    expect(parseEvent('VersionDeployed', data, AT)).toMatchObject({ status: 'refused', path: '' })
  })

  test('types that there are not', () => {
    expect(parseEvent('SystemDreamt', {}, AT)).toMatchObject({
      status: 'refused',
      path: '',
      message: expect.stringContaining('SystemDreamt'),
    })
    expect(parseEvent('__proto__', {}, AT)).toMatchObject({ status: 'refused' })
  })

  test('of the variant that was meant', () => {
    const artifact = (value: unknown) => parseEvent('ModelVersionRegistered', { ...example('ModelVersionRegistered'), artifact: value }, AT)
    expect(artifact({ sha256: 'a' })).toMatchObject({ path: '/artifact/sha256' })
    expect(artifact({ provider: 'acme', model: 'large' })).toMatchObject({ path: '/artifact/snapshot' })
    expect(artifact({ sha256: 'a'.repeat(64), provider: null, model: null })).toMatchObject({ status: 'parsed' })
    expect(artifact('s3://models/cs')).toMatchObject({ path: '/artifact' })
  })

  test('rules over several fields', () => {
    expect(parseEvent('ApprovalRequested', { ...example('ApprovalRequested'), quorum: 4 }, AT)).toMatchObject({ path: '/quorum' })
    expect(parseEvent('DocumentAttached', { ...example('DocumentAttached'), validUntil: '2026-03-09' }, AT)).toMatchObject({
      path: '/validUntil',
    })
    expect(parseEvent('LineageReported', { ...example('LineageReported'), body: null }, AT)).toMatchObject({ path: '/body' })
  })

  test('within maps and JSON', () => {
    const metrics = (value: unknown) => parseEvent('ModelEvaluated', { ...example('ModelEvaluated'), metrics: value }, AT)
    expect(metrics({ auc: 'high' })).toMatchObject({ path: '/metrics/auc' })
    expect(metrics({ auc: Number.POSITIVE_INFINITY })).toMatchObject({ path: '/metrics/auc' })
    expect(metrics({})).toMatchObject({ path: '/metrics' })
    expect(metrics(JSON.parse('{"__proto__": 1}'))).toMatchObject({ path: '/metrics/__proto__' })
    expect(metrics(Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`m${i}`, i])))).toMatchObject({ path: '/metrics' })
    const body = (value: unknown) => parseEvent('LineageReported', { ...example('LineageReported'), body: value }, AT)
    expect(body({ run: { facets: [{ enc: 1, sub: null, iv: '', ct: '', kc: '' }] } })).toMatchObject({ path: '/body/run/facets/0' })
    expect(body({ a: ['\udc00'] })).toMatchObject({ path: '/body/a/0' })
    expect(body({ a: { b: undefined } })).toMatchObject({ path: '/body/a/b' })
    expect(body(JSON.parse('{"a": {"__proto__": 1}}'))).toMatchObject({ path: '/body/a/__proto__' })
    expect(body(JSON.parse('['.repeat(30) + ']'.repeat(30)))).toMatchObject({
      status: 'refused',
      path: expect.stringMatching(/^\/body(\/0)+$/),
    })
    expect(body({ nothing: null })).toMatchObject({ status: 'parsed' })
  })
})

describe('corrections', () => {
  const correction = example('EventCorrected')
  test('go to the stream of what they correct and are sealed like it', () => {
    const event = parsed('EventCorrected', {
      event: 'ws_1.decision-credit-scoring~2026-02-01~b/0192f3c4-0000-7000-8000-000000000007',
      type: 'DecisionMade',
      data: example('DecisionMade'),
      reason: 'wrong score',
    })
    expect(event.stream).toBe('decision-credit-scoring~2026-02-01~b')
    expect(event.data).toMatchObject({ data: { inputHmac: example('DecisionMade').inputSha256 } })
    expect(event.sealed).toEqual([
      { pointer: '/data/inputHmac', how: 'digest', subject: 'sub_77aa41c9' },
      { pointer: '/data/outputHmac', how: 'digest', subject: 'sub_77aa41c9' },
      { pointer: '/reason', how: 'encrypted', subject: 'sub_77aa41c9' },
    ])
  })

  test.each([
    ['/type', { type: 'NoSuchEvent' }],
    ['/type', { type: 'EventCorrected' }],
    ['/type', { type: 'ApprovalGiven' }],
    ['/type', { type: 'ApprovalRequested' }],
    ['/type', { type: 'ApprovalGranted' }],
    ['/data', { data: { ...(correction.data as object), model: 'other' } }],
    ['/data/value', { data: { ...(correction.data as object), value: 'high' } }],
    ['/data', { data: [] }],
    ['/event', { event: 'model-cs/0192f3c4-0000-7000-8000-000000000007' }],
  ])('refused at %s', (path, change) => {
    expect(parseEvent('EventCorrected', { ...correction, ...change }, AT)).toMatchObject({ status: 'refused', path })
  })
})
