import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Dashboard } from './dashboard.ts'
import { biasAudit, record, systemRegistered } from './sample-events.ts'

describe('the event drawer', () => {
  let dashboard: Dashboard
  const audit = biasAudit(7, false)
  const later = biasAudit(8)

  beforeAll(async () => {
    dashboard = await Dashboard.open()
    const service = await dashboard.annal.key('service')
    await record(dashboard.annal, service, [systemRegistered('credit-scoring'), audit, later])
  })
  afterAll(() => dashboard?.close())

  const drawer = (page: Page) => page.getByRole('dialog')

  it('opens by its link, readable', async () => {
    const page = await dashboard.trail(`/${audit.id}`)
    await drawer(page).getByText('Protected attribute').waitFor()
    for (const text of ['gender', 'selection_rate', '18,234', '0.447', 'release-7', 'Model risk, second line']) {
      expect(await drawer(page).getByText(text, { exact: true }).first().isVisible(), text).toBe(true)
    }
    expect(await drawer(page).getByText('Encrypted at rest').count()).toBeGreaterThan(0)
    expect(await page.title()).toContain('Bias audit of cs 7')
    await page.close()
  })

  it('filters by a reference and by a correlation', async () => {
    const page = await dashboard.trail(`/${audit.id}`)
    await drawer(page).getByRole('button', { name: 'aisystem:credit-scoring' }).first().click()
    await expect.poll(() => page.url()).toBe(`${dashboard.trailUrl}?q=about:aisystem:credit-scoring`)
    await page.goto(`${dashboard.trailUrl}/${audit.id}`)
    await drawer(page).getByRole('button', { name: 'release-7' }).click()
    await page.getByText('1 event', { exact: true }).waitFor()
    await page.close()
  })

  it('steps to the next and the previous event', async () => {
    const page = await dashboard.trail(`/${later.id}`)
    await drawer(page).getByRole('button', { name: 'Next event' }).click()
    await expect.poll(() => page.url()).toBe(`${dashboard.trailUrl}/${audit.id}`)
    await drawer(page).getByRole('button', { name: 'Previous event' }).click()
    await expect.poll(() => page.url()).toBe(`${dashboard.trailUrl}/${later.id}`)
    await page.close()
  })

  it('shows the stored bytes and that the commitment matches them', async () => {
    const page = await dashboard.trail(`/${audit.id}`)
    await drawer(page).getByRole('radio', { name: 'Raw' }).click()
    await drawer(page).getByText('Commitment matches these bytes', { exact: true }).waitFor()
    await drawer(page).getByRole('radio', { name: 'Exact' }).click()
    const bytes = await drawer(page).locator('pre').innerText()
    expect(JSON.parse(bytes)).toMatchObject({ id: audit.id, type: 'BiasAudited', workspace: dashboard.workspace })
    expect(bytes).not.toContain('Model risk, second line')
    await page.close()
  })

  it('says so in red when they don’t match', async () => {
    const page = await dashboard.page()
    await page.route('**/graphql', async (route) => {
      if (!route.request().postData()?.includes('WholeEvent')) return route.fallback()
      const answer = await route.fetch()
      await route.fulfill({
        response: answer,
        body: (await answer.text()).replace('0.412', '0.512').replaceAll('\\"value\\":0.412', '\\"value\\":0.512'),
      })
    })
    await page.goto(`${dashboard.trailUrl}/${audit.id}`)
    await drawer(page).getByRole('radio', { name: 'Raw' }).click()
    await drawer(page).getByText('The commitment does not match these bytes').waitFor()
    expect(await drawer(page).getByText('Commitment matches these bytes').count()).toBe(0)
    await page.close()
  })

  it.each(['0190f3b2-7c1e-7aa0-9d5e-3f1c2b4a5d6e', 'mistyped'])('says when there is no such event: %s', async (id) => {
    const page = await dashboard.trail(`/${id}`)
    await drawer(page).getByRole('heading', { name: 'There is no such event here' }).waitFor()
    await page.close()
  })
})
