import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Dashboard } from './dashboard.ts'
import { biasAudit, record, systemRegistered } from './sample-events.ts'

describe('evidence packs', { timeout: 180_000 }, () => {
  let dashboard: Dashboard
  let page: Page

  beforeAll(async () => {
    dashboard = await Dashboard.open()
    const service = await dashboard.annal.key('service')
    await record(dashboard.annal, service, [systemRegistered('credit-scoring'), ...Array.from({ length: 5 }, (_, n) => biasAudit(n))])
  })
  afterAll(() => dashboard?.close())

  async function check(checked: Page): Promise<void> {
    const { violations } = await new AxeBuilder({ page: checked }).setLegacyMode().analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([])
    expect(await checked.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
  }

  it('one of a system is previewed, made and downloaded, and verifies in the browser', async () => {
    page = await dashboard.room('/evidence', 'Evidence')
    await page.getByText('No pack was exported yet.').waitFor()
    await page.getByRole('button', { name: 'Export evidence' }).click()
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByRole('button', { name: 'Export', exact: true }).isDisabled()).toBe(true)
    await dialog.getByRole('textbox', { name: 'Find: System' }).fill('credit')
    await dialog.getByRole('button', { name: /credit.scoring/ }).click()
    await dialog
      .getByRole('status', { name: 'Preview' })
      .getByText(/\d+ events/)
      .waitFor()
    await dialog.getByText('Complete by the token map').waitFor()
    await dialog.getByRole('textbox', { name: 'Purpose' }).fill('A question of the supervisory authority')
    await check(page)
    await dialog.getByRole('button', { name: 'Export', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    const download = page.getByRole('link', { name: 'Download' })
    await download.waitFor({ timeout: 60_000 })
    const [file] = await Promise.all([page.waitForEvent('download'), download.click()])

    // What it holds is said by the event that recorded the export.
    await page.getByRole('link', { name: /^\d+ events, .* under tree size/ }).click()
    await page.getByRole('dialog').getByText('Evidence pack exported').first().waitFor()
    await page.keyboard.press('Escape')

    const verify = await dashboard.page()
    await verify.goto(`${dashboard.annal.url}/verify`)
    await verify.getByLabel('Evidence pack').setInputFiles(await file.path())
    await verify.getByText('Consistent in itself, and not more than that yet').waitFor()
    expect(await verify.locator('[data-question="completeness"]').getAttribute('data-verdict')).toBe('holds')
    expect(await verify.getByText('A question of the supervisory authority').isVisible()).toBe(true)
    await verify.close()
  })

  it('an auditor may take it, and is not offered to share it', async () => {
    const people = await dashboard.room('/people', 'People')
    await people.getByRole('button', { name: 'Invite somebody' }).click()
    await people.getByRole('textbox', { name: 'E-mail' }).fill('auditor@example.org')
    await people.getByLabel('Role').selectOption('AUDITOR')
    await people.getByRole('button', { name: 'Invite', exact: true }).click()
    const auditor = await dashboard.another(await people.getByRole('dialog').locator('pre').innerText())
    await people.close()
    await auditor.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    await auditor.goto(`${dashboard.url}/evidence`)
    await auditor.getByRole('link', { name: 'Download' }).waitFor()
    expect(await auditor.getByRole('button', { name: 'Share', exact: true }).count()).toBe(0)
    await auditor.close()
  })

  it('it is shared with a regulator, who sees it and nothing else, until it is taken back', async () => {
    await page.getByRole('button', { name: 'Share', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Share', exact: true }).click()
    await page.getByText('Everybody with the role regulator').waitFor()

    const people = await dashboard.room('/people', 'People')
    await people.getByRole('button', { name: 'Invite somebody' }).click()
    await people.getByRole('textbox', { name: 'E-mail' }).fill('inspector@example.org')
    await people.getByLabel('Role').selectOption('REGULATOR')
    await people.getByRole('button', { name: 'Invite', exact: true }).click()
    const regulator = await dashboard.another(await people.getByRole('dialog').locator('pre').innerText())
    await people.close()
    await regulator.getByRole('heading', { level: 1, name: 'Shared with me' }).waitFor()
    await regulator.getByRole('link', { name: 'Download' }).waitFor()
    expect(await regulator.getByRole('navigation', { name: 'Rooms' }).getByRole('link').allInnerTexts()).toEqual(['Evidence'])
    // Nothing is followed that he may not follow, again and again.
    expect(await regulator.waitForEvent('websocket', { timeout: 2_000 }).catch(() => null)).toBeNull()
    const [file] = await Promise.all([regulator.waitForEvent('download'), regulator.getByRole('link', { name: 'Download' }).click()])
    expect(file.suggestedFilename()).toMatch(/^annal-.*\.zip$/)

    await page.getByRole('button', { name: 'Take back' }).click()
    await page.getByText('Taken back').waitFor()
    await regulator.reload()
    await regulator.getByText('Nothing is shared with you now.').waitFor()
    await check(regulator)
  })

  it('is accessible at both widths and in both themes', async () => {
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme })
      for (const width of [390, 1440]) {
        await page.setViewportSize({ width, height: 900 })
        await check(page)
      }
    }
    expect(dashboard.complaints).toEqual([])
  })
})
