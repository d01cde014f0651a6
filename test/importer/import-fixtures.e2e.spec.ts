import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AnnalProcess, graphql } from '../kit/annal-process.ts'
import type { AnnalCloudEvent, Imported } from './foreign-event.ts'
import { importCloudEvent } from './import-cloud-event.ts'
import { importMlflow } from './import-mlflow.ts'
import { importModelCard } from './import-model-card.ts'

const fixtures = resolve(import.meta.dirname, '../../../shared/fixtures')
const present = existsSync(fixtures)
if (!present) console.warn(`The fixtures of other tools are not at ${fixtures}: importing them is not tested.`)

const read = (folder: string, file: string) => readFileSync(join(fixtures, folder, file), 'utf8')
const files = (folder: string) =>
  present ? readdirSync(join(fixtures, folder)).filter((file) => file.endsWith('.json') && !file.includes('schema')) : []

describe.skipIf(!present)('documents of other tools, through the importer', () => {
  let annal: AnnalProcess
  let send: (
    events: readonly AnnalCloudEvent[],
  ) => Promise<{ status: number; outcomes: readonly { status: string; message?: string; repeated?: boolean }[] }>

  beforeAll(async () => {
    annal = await AnnalProcess.start()
    const key = await annal.key('service')
    const path = `${annal.url}/w/${await annal.workspace()}/api/v1/cloudevents`
    send = async (events) => {
      const headers = { 'content-type': 'application/cloudevents-batch+json', authorization: `Bearer ${key}` }
      const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(events) })
      return { status: answer.status, ...((await answer.json()) as { outcomes: [] }) }
    }
  })
  afterAll(() => annal?.stop())

  const record = async (imported: Imported) => {
    if (imported.status === 'left-out') return imported.reason
    const first = await send(imported.events)
    expect(first.outcomes.filter(({ status }) => status !== 'recorded')).toEqual([])
    const again = await send(imported.events)
    expect(again.outcomes.every(({ repeated }) => repeated)).toBe(true)
    return 'recorded'
  }

  it.each(files('cloudevents'))('CloudEvents: %s is recorded, or left out for a stated reason', async (file) => {
    const content: unknown = JSON.parse(read('cloudevents', file))
    for (const event of Array.isArray(content) ? content : [content]) {
      const outcome = await record(importCloudEvent(event, 'imported'))
      expect(outcome).toBe(event.specversion === '1.0' ? 'recorded' : 'not a CloudEvent 1.0')
    }
  })

  it.each(files('cloudevents'))('CloudEvents: %s as it stands is refused, one typed outcome each', async (file) => {
    const content: unknown = JSON.parse(read('cloudevents', file))
    const events = (Array.isArray(content) ? content : [content]) as AnnalCloudEvent[]
    const answer = await send(events)
    expect(answer.status).toBe(422)
    expect(answer.outcomes.map(({ status }) => status)).toEqual(events.map(() => 'refused'))
    expect(answer.outcomes.every(({ message }) => (message ?? '').length > 0)).toBe(true)
  })

  it('MLflow: models, versions and aliases are recorded; what has no event type is left out', async () => {
    const outcomes: Record<string, string> = {}
    for (const file of ['registered_model.created.json', ...files('mlflow-webhooks')])
      outcomes[file] = await record(importMlflow(JSON.parse(read('mlflow-webhooks', file))))
    expect(Object.values(outcomes).filter((outcome) => outcome === 'recorded')).toHaveLength(3)
    expect(outcomes['prompt.created.json']).toBe('prompt.created has no event type')
  })

  it.each(files('model-card'))('model cards: %s becomes a model, its card and its evaluation', async (file) => {
    expect(await record(importModelCard(read('model-card', file), file))).toBe('recorded')
  })

  it('shows them in the audit trail', async () => {
    const auditor = await annal.key('auditor')
    const count = async () => {
      const data = await graphql<{ events: { count: { value: number } } }>(
        annal.url,
        auditor,
        '{ events(filter: { types: [DocumentAttached, ModelRegistered, ModelCardPublished] }) { count { value } } }',
      )
      return data.events.count.value
    }
    await expect.poll(count, { timeout: 30_000 }).toBeGreaterThanOrEqual(7)
  })
})
