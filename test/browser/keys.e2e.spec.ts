import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Dashboard } from './dashboard.ts'
import { record, systemRegistered } from './sample-events.ts'

describe('API keys', () => {
  let dashboard: Dashboard
  beforeAll(async () => {
    dashboard = await Dashboard.open()
  })
  afterAll(() => dashboard?.close())

  it('one is issued, shown once, records, and is revoked at once', async () => {
    const page = await dashboard.room('/keys', 'API keys', { width: 390 })
    await page.getByRole('button', { name: 'Issue a key' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Service' }).fill('scoring-pipeline')
    await dialog.getByRole('button', { name: 'Issue', exact: true }).click()
    const secret = await dialog.locator('pre').innerText()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await record(dashboard.annal, secret, [systemRegistered('credit-scoring')])
    const row = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'scoring-pipeline' }) })
    await row.getByText('In force').waitFor()
    expect(await page.content()).not.toContain(secret)
    await row.getByRole('button', { name: 'Revoke' }).click()
    await row.getByRole('button', { name: 'Revoke at once, for good' }).click()
    await row.getByText('Revoked').waitFor()
    await expect(record(dashboard.annal, secret, [systemRegistered('churn')])).rejects.toThrow()
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
    expect(dashboard.complaints).toEqual([])
  })
})
