import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Dashboard } from './dashboard.ts'

describe('people', { timeout: 120_000 }, () => {
  let dashboard: Dashboard
  let page: Page
  let other: Page
  beforeAll(async () => {
    dashboard = await Dashboard.open()
    page = await dashboard.room('/people', 'People')
  })
  afterAll(() => dashboard?.close())

  async function check(): Promise<void> {
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 900 })
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
    }
  }

  async function invite(name: string, role: string): Promise<string> {
    await page.getByRole('button', { name: 'Invite somebody' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'E-mail' }).fill(`${name.toLowerCase()}@example.org`)
    await dialog.getByRole('textbox', { name: /^Name/ }).fill(name)
    await dialog.getByLabel('Role').selectOption(role)
    await dialog.getByRole('button', { name: 'Invite', exact: true }).click()
    const link = await dialog.locator('pre').innerText()
    await dialog.getByRole('button', { name: 'Done' }).click()
    return link
  }

  const open = async (name: string) => {
    await page.goto(`${dashboard.url}/people`)
    await page.getByRole('link', { name, exact: true }).click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
  }
  const roles = () => page.getByRole('list', { name: 'Roles' })
  const dialog = () => page.getByRole('dialog')

  it('an invitation is listed until it is used, and its link is good no more when it is taken back', async () => {
    const link = await invite('Mallory', 'AUDITOR')
    await page.getByRole('navigation', { name: 'People and invitations' }).getByRole('link', { name: 'Invitations' }).click()
    const row = page.getByRole('list', { name: 'Invitations' }).getByRole('listitem')
    await row.getByText('To be handed over').waitFor()
    await row.getByText(/^expires .* \(in 1 week\)$/).waitFor()
    await check()
    await row.getByRole('button', { name: /^Take back/ }).click()
    await row.getByRole('button', { name: /^Take back, for good/ }).click()
    await page.getByText('No invitation is open.').waitFor()
    other = await dashboard.another(link)
    await other.getByText('This link was used before or has expired.').waitFor()
    await other.close()
  })

  it('somebody is given a role and has it taken, in an open session too', async () => {
    await page.goto(`${dashboard.url}/people`)
    other = await dashboard.another(await invite('Grace', 'AUDITOR'))
    await other.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    await open('Grace')
    await page.getByRole('button', { name: 'Grant a role' }).click()
    await dialog().getByLabel('Role').selectOption('RISK_MANAGER')
    await dialog()
      .getByRole('textbox', { name: /^Reason/ })
      .fill('Leads model risk.')
    await dialog().getByRole('button', { name: 'Grant', exact: true }).click()
    await roles().getByText('Risk manager', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Revoke Risk manager' }).click()
    await dialog().getByRole('button', { name: 'Revoke at once' }).click()
    await roles().getByText('Risk manager', { exact: true }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Who gave and took them' }).click()
    await page
      .getByText(/was given the role risk manager/)
      .first()
      .waitFor()
    await open('Grace')
    await check()
  })

  it('refuses to leave the workspace without an administrator, in plain words', async () => {
    await page.getByRole('button', { name: 'You and settings' }).click()
    await page.getByRole('menuitem', { name: 'Your profile' }).click()
    await page.getByRole('button', { name: 'Revoke Administrator' }).click()
    await dialog().getByText('You take it from yourself').waitFor()
    await dialog().getByRole('button', { name: 'Revoke at once' }).click()
    await dialog().getByText('The last administrator stays').waitFor()
    await dialog().getByText('The role stands.').waitFor()
    await check()
    await dialog().getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Deactivate' }).click()
    await dialog().getByRole('button', { name: 'Deactivate for good' }).click()
    await dialog().getByText('The last administrator stays').waitFor()
    await dialog().getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Edit the profile' }).click()
    await dialog().getByRole('textbox', { name: 'Name' }).fill('Ada Lovelace')
    await dialog().getByRole('button', { name: 'Record the profile' }).click()
    await page.getByRole('heading', { level: 1, name: 'Ada Lovelace' }).waitFor()
    await page.getByRole('button', { name: 'You and settings' }).click()
    await page.getByRole('menu').getByText('Ada Lovelace', { exact: true }).waitFor()
    await page.keyboard.press('Escape')
  })

  it('a sign-in link is shown once and signs in', async () => {
    await open('Grace')
    await page.getByRole('button', { name: 'Sign-in link' }).click()
    await dialog().getByRole('button', { name: 'Make the link' }).click()
    const link = await dialog().locator('pre').innerText()
    await dialog().getByRole('button', { name: 'Done' }).click()
    expect(await page.content()).not.toContain(link)
    const second = await dashboard.another(link)
    await second.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    await second.getByRole('button', { name: 'You and settings' }).click()
    await second.getByRole('menuitem', { name: 'Your sessions' }).click()
    await second.getByRole('heading', { level: 1, name: 'Your sessions' }).waitFor()
    const sessions = second.getByRole('list', { name: 'Sessions' }).getByRole('listitem')
    await expect.poll(() => sessions.count()).toBe(2)
    await sessions.filter({ hasText: 'This one' }).waitFor()
    await second.getByRole('button', { name: /^End the session/ }).click()
    await expect.poll(() => sessions.count()).toBe(1)
    await other.reload()
    await other.getByRole('heading', { name: 'Sign in to Annal' }).waitFor()
    other = second
  })

  it('who is deactivated is out at once, and stays in the record', async () => {
    await page.reload()
    await page.getByRole('list', { name: 'Sessions' }).getByRole('listitem').first().waitFor()
    await page.getByRole('button', { name: 'Deactivate' }).click()
    await dialog()
      .getByRole('textbox', { name: /^Reason/ })
      .fill('Left the house.')
    await check()
    await dialog().getByRole('button', { name: 'Deactivate for good' }).click()
    await page.getByText('Deactivated', { exact: true }).first().waitFor()
    await page.getByText('None: nothing can be read or done here.').waitFor()
    expect(await page.getByRole('button', { name: 'Grant a role' }).count()).toBe(0)
    // A page that stays open says that it is followed no more.
    await other.getByRole('button', { name: 'Signed out' }).click()
    await other.getByRole('heading', { name: 'Sign in to Annal' }).waitFor()
    await check()
  })

  it('complained of nothing', () => {
    expect(dashboard.complaints).toEqual([])
  })
})
