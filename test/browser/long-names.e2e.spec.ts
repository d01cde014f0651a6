import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Dashboard } from './dashboard.ts'
import { incidentReported, record, type SampleEvent, systemRegistered } from './sample-events.ts'

const LONGEST = 'Kreditwürdigkeitsprüfung'.repeat(8)

/** The same event with other words in it. */
function saying({ event, ...rest }: SampleEvent, words: Readonly<Record<string, unknown>>): SampleEvent {
  return { ...rest, event: Object.fromEntries(Object.entries(event).map(([name, data]) => [name, { ...(data as object), ...words }])) }
}

describe('names without a space', () => {
  let dashboard: Dashboard
  beforeAll(async () => {
    dashboard = await Dashboard.open()
    const service = await dashboard.annal.key('service')
    await record(dashboard.annal, service, [
      saying(systemRegistered('credit-scoring'), { name: LONGEST }),
      saying(incidentReported(), { title: LONGEST }),
    ])
  })
  afterAll(() => dashboard?.close())

  const isWithin = async (page: Page, part: Locator) => {
    const box = await part.boundingBox()
    return box !== null && box.x >= 0 && box.x + box.width <= (page.viewportSize()?.width ?? 0)
  }

  it.each([390, 1440])('push nothing out of the page: %s px', async (width) => {
    const page = await dashboard.room('/systems/credit-scoring', LONGEST, { width })
    expect(await isWithin(page, page.getByRole('heading', { level: 1 }))).toBe(true)
    expect(await isWithin(page, page.getByRole('button', { name: 'Report an incident' }))).toBe(true)
    await page.goto(`${dashboard.url}/incidents/inc-1`)
    await page.getByRole('heading', { level: 1, name: LONGEST }).waitFor()
    for (const name of ['Triage', 'Contain', 'Correct', 'Clear'])
      expect(await isWithin(page, page.getByRole('button', { name, exact: true })), name).toBe(true)
    await page.goto(dashboard.url)
    const news = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: LONGEST }) })
    await news.waitFor()
    for (const link of await news.getByRole('link').all()) expect(await isWithin(page, link)).toBe(true)
    await page.goto(`${dashboard.trailUrl}?q=type:SystemRegistered`)
    await page.locator('[data-event]').first().click()
    const fact = page.getByRole('dialog').getByText(LONGEST, { exact: true })
    await fact.waitFor()
    expect(await isWithin(page, fact)).toBe(true)
    await page.goto(`${dashboard.url}/legal-holds`)
    await page.getByRole('button', { name: 'Place a hold on systems' }).click()
    const match = page.getByRole('button', { name: LONGEST })
    await match.waitFor()
    for (const part of [match, page.getByRole('textbox', { name: 'Find a system' })]) expect(await isWithin(page, part)).toBe(true)
    await page.close()
  })
})
