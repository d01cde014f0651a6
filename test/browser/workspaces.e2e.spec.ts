import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Dashboard } from './dashboard.ts'
import { record, systemRegistered } from './sample-events.ts'

describe('workspaces', () => {
  let dashboard: Dashboard
  beforeAll(async () => {
    dashboard = await Dashboard.open()
    await record(dashboard.annal, await dashboard.annal.key('service'), [systemRegistered('credit-scoring')])
  })
  afterAll(() => dashboard?.close())

  it('are opened from the menu, by keyboard alone, and know nothing of each other', async () => {
    const page = await dashboard.room('/systems', 'Systems', { width: 390 })
    const menu = page.getByRole('button', { name: /Switch the workspace/ })
    await menu.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Open a workspace…' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Open a workspace' })
    await dialog.waitFor()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
      expect(violations.map(({ id }) => id)).toEqual([])
    }
    await page.keyboard.type('Retail banking')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Mars/Olympus')
    await page.keyboard.press('Enter')
    await dialog.getByText('No workspace was opened').waitFor()
    await dialog.getByLabel('Legal time zone').fill('Europe/Warsaw')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    await expect.poll(() => menu.innerText()).toContain('Retail banking')
    expect(page.url()).not.toContain(dashboard.workspace)

    await page.goto(`${page.url()}/systems`)
    // The first step is shown, whose example names a system too: there is none to go to.
    await page.locator('pre').first().waitFor()
    expect(await page.getByRole('link', { name: 'credit scoring' }).count()).toBe(0)
    expect(await page.locator('[data-row]').count()).toBe(0)
    await menu.click()
    await page.getByRole('menuitemradio', { name: /^Default workspace/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    await page.goto(`${dashboard.url}/systems`)
    await page.getByText('credit scoring').first().waitFor()
    expect(dashboard.complaints).toEqual([])
    await page.close()
  })
})
