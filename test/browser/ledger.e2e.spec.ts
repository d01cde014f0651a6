import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Dashboard } from './dashboard.ts'
import { biasAudit, record, systemRegistered } from './sample-events.ts'

describe('the ledger page', { timeout: 120_000 }, () => {
  let dashboard: Dashboard
  let service: string
  let page: Page

  beforeAll(async () => {
    dashboard = await Dashboard.open()
    service = await dashboard.annal.key('service')
    await record(dashboard.annal, service, [systemRegistered('credit-scoring'), biasAudit(1)])
  })
  afterAll(() => dashboard?.close())

  const treeSize = async () => Number((await page.locator('dt:text-is("Tree size") + dd').innerText()).replaceAll(',', ''))

  it('opens from the seal and grows with the record', async () => {
    page = await dashboard.room('/people', 'People')
    await page.getByRole('button', { name: /Sealed, unwitnessed/ }).click()
    await page.getByRole('link', { name: 'Open the ledger' }).click()
    await page.getByRole('heading', { level: 1, name: 'Ledger' }).waitFor()
    const before = await treeSize()
    expect(before).toBeGreaterThan(0)
    await record(dashboard.annal, service, [biasAudit(2), biasAudit(3)])
    await expect.poll(treeSize, { timeout: 30_000 }).toBeGreaterThanOrEqual(before + 2)
    // Nobody outside saw it: never green.
    expect(await page.getByText('No witness is configured.').isVisible()).toBe(true)
    expect(await page.getByRole('region', { name: 'Signed note' }).innerText()).toContain('/log/v1/')
    await page.getByText('Event store').waitFor()
    await page.getByRole('button', { name: 'Growth as a table' }).click()
    await page.getByRole('region', { name: 'Signed heads of the last 24 hours' }).waitFor()
  })

  it('leads from its figures to the events that make them so', async () => {
    // Of one moment: the record may grow between two looks.
    const [counted, href] = await page
      .locator('dt:text-is("Tree size") + dd a')
      .evaluate((link) => [link.textContent, link.getAttribute('href')] as const)
    await page.goto(`${dashboard.annal.url}${href}`)
    await page.getByRole('heading', { level: 1, name: 'Audit trail' }).waitFor()
    // All of them, and at most what was recorded while the head was being signed.
    await expect.poll(() => page.locator('tbody tr[data-event]').count()).toBeGreaterThanOrEqual(Number(counted))
    await page.goBack()
    const heads = page.getByRole('region', { name: 'Signed heads of the last 24 hours' })
    await page.getByRole('button', { name: 'Growth as a table' }).click()
    expect(await heads.getByRole('link').count()).toBeGreaterThan(0)
    expect(await heads.getByRole('link').count()).toBe(2 * (await heads.locator('tbody tr').count()))
    const views = page.getByRole('region', { name: 'Views and how far they are' })
    expect(await views.getByRole('link').count()).toBe(2 * (await views.locator('tbody tr').count()))
    await page.getByRole('link', { name: '0 of 0' }).click()
    expect(new URL(page.url()).hash).toBe('#witnesses')
  })

  it('is accessible at both widths and in both themes', async () => {
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme })
      for (const width of [390, 1440]) {
        await page.setViewportSize({ width, height: 900 })
        const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([])
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
        const keys = page.getByRole('region', { name: 'Keys that signed this log' })
        expect(await keys.evaluate((frame) => frame.scrollWidth - frame.clientWidth)).toBe(0)
      }
    }
    expect(dashboard.complaints).toEqual([])
  })
})
