import { setTimeout as wait } from 'node:timers/promises'
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ByKeys } from './by-keys.ts'
import { Dashboard, STILL_READING } from './dashboard.ts'
import { modelRegistered, modelVersionRegistered, record, systemRegistered, versionDeployed } from './sample-events.ts'

const WIDTHS = [390, 768, 1440, 1920]
const POPPER = '[data-radix-popper-content-wrapper]'

function band(page: Page): Locator {
  return page.locator('[data-band]')
}

/** The cells of the line that begins so: both dates and the change. */
async function line(table: Locator, title: string): Promise<string[]> {
  const row = table.getByRole('row').filter({ has: table.page().getByRole('rowheader', { name: title, exact: true }) })
  return (await row.getByRole('cell').allInnerTexts()).map((text) => text.trim())
}

describe('two dates beside each other', { timeout: 120_000 }, () => {
  let dashboard: Dashboard
  /** Before everything, between the first systems and what came of them, and after that. */
  let before: string
  let first: string
  let second: string

  beforeAll(async () => {
    dashboard = await Dashboard.open()
    before = new Date().toISOString()
    await wait(20)
    const service = await dashboard.annal.key('service')
    await record(dashboard.annal, service, [
      systemRegistered('credit-scoring'),
      systemRegistered('old-scores'),
      systemRegistered('triage'),
      modelRegistered(),
      modelVersionRegistered(7),
    ])
    await wait(20)
    first = new Date().toISOString()
    await wait(20)
    await record(dashboard.annal, service, [systemRegistered('churn'), versionDeployed(7)])
    const page = await dashboard.room('/systems/old-scores', 'old scores')
    await page.getByRole('button', { name: 'Retire' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Replaced by credit scoring.')
    await dialog.getByRole('button', { name: 'Retire', exact: true }).click()
    await dialog.getByRole('button', { name: 'Done' }).waitFor()
    await page.goto(`${dashboard.url}/violations`)
    await page.getByText('Deployed without approval').first().waitFor()
    await page.close()
    await wait(20)
    second = new Date().toISOString()
  })
  afterAll(() => dashboard?.close())

  const both = (path: string, one = first, other = second) => `${path}${path.includes('?') ? '&' : '?'}asOf=${one}&with=${other}`

  it('are figures and bad news on the overview, each with its doors', async () => {
    const page = await dashboard.room(both(''), 'Overview')
    const figures = page.getByRole('table', { name: 'Figures on both dates' })
    await figures.waitFor()
    expect(await line(figures, 'Open violations')).toEqual(['0', '1', '1 more'])
    expect(await line(figures, 'Systems')).toEqual(['3', '3', 'Same'])
    const added = page.getByRole('region', { name: /^Needed somebody on .* only$/ })
    await added.getByText('Deployed without approval: Credit score 7').waitFor()
    await page.getByText('All that needed somebody then still does.').waitFor()

    // The event of the later date opens beside the page, which stays as it is.
    await added.getByRole('link', { name: /^since/ }).click()
    await page.getByRole('dialog').getByText('Violation recorded').first().waitFor()
    expect(new URL(page.url()).searchParams.get('with')).toBe(second)
    await page.keyboard.press('Escape')

    // A figure leads to its list on its own date, and the other date stays at hand.
    const count = figures.getByRole('row').filter({ hasText: 'Open violations' }).getByRole('link')
    await count.nth(1).click()
    await page.getByText('1 violation', { exact: true }).waitFor()
    const { searchParams } = new URL(page.url())
    expect([searchParams.get('asOf'), searchParams.get('with')]).toEqual([second, first])
    await band(page)
      .getByText(/^This page compares no dates: it shows the first only/)
      .waitFor()
    await band(page)
      .getByRole('button', { name: /^Show / })
      .click()
    await page.getByText('0 violations', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'Overview', exact: true }).click()
    await figures.waitFor()
    await new ByKeys(page).tabTo('End the comparison')
    await page.keyboard.press('Enter')
    await figures.waitFor({ state: 'detached' })
    expect(await new ByKeys(page).focused()).toMatch(/^As of: /)
    await page.close()
  })

  it('are the register: registered, retired, changed, and the same', async () => {
    const page = await dashboard.room(both('/systems', second, first), 'Systems')
    const summary = page.getByTestId('compared')
    await summary.getByText('1 registered').waitFor()
    expect((await summary.innerText()).split('\n')).toEqual(['1 registered', '1 retired', '1 changed', '1 the same'])
    await page.getByRole('region', { name: 'Changed' }).getByRole('link', { name: 'credit scoring' }).waitFor()
    const changed = page.getByRole('table', { name: 'What changed of credit scoring' })
    expect(await line(changed, 'Open violations')).toEqual(['0', '1', '1 more'])
    const retired = page.getByRole('table', { name: 'What changed of old scores' })
    expect(await line(retired, 'State')).toEqual(['In the inventory', expect.stringMatching(/^Retired/), 'Changed'])

    // The system left the filter's condition, and did not vanish for that.
    await page.getByRole('textbox', { name: 'Filter systems' }).fill('state:active old')
    await page.keyboard.press('Enter')
    await expect.poll(() => summary.innerText()).toMatch(/^0 registered\s+1 retired\s+0 changed\s+0 the same$/)
    expect(new URL(page.url()).searchParams.get('with')).toBe(first)

    await page.goto(`${dashboard.url}${both('/systems')}`)
    await page.getByRole('button', { name: 'Show them' }).focus()
    await page.keyboard.press('Enter')
    expect(await new ByKeys(page).focused()).toBe('triage')
    await page.close()
  })

  it('are a system then and then, and what was recorded about it in between', async () => {
    const page = await dashboard.room(both('/systems/credit-scoring', first, 'now'), 'credit scoring')
    expect(await line(page.getByRole('table', { name: 'Models deployed on both dates' }), 'Credit score 7 production')).toEqual([
      'Not deployed',
      expect.stringContaining('100 %'),
      'New',
    ])
    const facts = page.getByRole('table', { name: 'Facts on both dates' })
    expect(await line(facts, 'Owner')).toEqual(['credit-risk-models', 'credit-risk-models', 'Same'])
    await facts.getByRole('link', { name: 'credit-risk-models' }).first().click()
    await page.getByRole('dialog').getByText('Retail banking').last().waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'What was recorded in between' }).click()
    await page.getByText(/^2 events$/).waitFor()

    await page.goto(`${dashboard.url}${both('/systems/churn', first, 'now')}`)
    await page.getByText(/^Not registered on/).waitFor()
    await page.close()
  })

  it('follow the record where one of them is now', async () => {
    const page = await dashboard.room(both('/systems', first, 'now'), 'Systems')
    await page.getByTestId('compared').getByText('1 registered').waitFor()
    await record(dashboard.annal, await dashboard.annal.key('service'), [systemRegistered('forecast')])
    await page.getByTestId('compared').getByText('2 registered').waitFor()
    await page.close()
  })

  it('are chosen, ended and left by the keyboard', async () => {
    const page = await dashboard.room('', 'Overview')
    const keys = new ByKeys(page)
    await keys.press('t')
    const control = page.getByRole('dialog', { name: 'As of' })
    await control.waitFor()
    await keys.tabTo('One date')
    await keys.press('ArrowRight', 'Enter')
    await control.getByRole('form', { name: 'Compare two dates' }).waitFor()
    await keys.tabTo('First date')
    await control.getByLabel('First date').selectOption({ label: 'Now' })
    await control.getByLabel('Second date').selectOption({ label: 'Now' })
    await control.getByText('Both are the same date.').waitFor()
    expect(await control.getByRole('button', { name: 'Compare', exact: true }).isDisabled()).toBe(true)
    await keys.tabTo('Second date')
    await keys.press('ArrowDown')
    await keys.tabTo('Compare')
    await keys.press('Enter')
    await band(page)
      .getByText(/ beside now, each as known then/)
      .waitFor()
    expect(await keys.focused()).toBe('As of: Two dates')
    // Where the first date is now there is nothing to end but the comparison.
    await keys.tabTo('Back to now')
    await keys.press('Enter')
    await band(page).waitFor({ state: 'detached' })
    expect(page.url()).not.toMatch(/asOf|with/)

    await keys.press('Control+k')
    await page.getByRole('dialog', { name: 'Commands' }).waitFor()
    await keys.type('compare with: a week ago')
    await keys.press('Enter')
    await page.getByRole('table', { name: 'Figures on both dates' }).waitFor()
    await keys.goTo('Approvals', 'Approvals')
    await band(page)
      .getByText(/it shows the first only, now/)
      .waitFor()
    await page.close()
  })

  it('let nobody decide', async () => {
    const page = await dashboard.room(`/systems/credit-scoring?with=${first}`, 'credit scoring')
    await page.getByRole('table', { name: 'Facts on both dates' }).waitFor()
    expect(await page.getByRole('button', { name: 'Report an incident' }).count()).toBe(0)
    await page.goto(`${dashboard.url}/approvals?with=${first}`)
    const request = page.getByRole('button', { name: 'Report an incident' })
    await page.goto(`${dashboard.url}/incidents?with=${first}`)
    expect(await request.first().getAttribute('aria-disabled')).toBe('true')
    await page.close()
  })

  it('say what a link asks for in vain, and what was empty', async () => {
    const page = await dashboard.room(both('/systems', first, 'soon'), 'Systems')
    await band(page).getByText('The second date in this link can’t be read: nothing is compared.').waitFor()
    await page.getByText('3 systems', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Remove it from the link' }).click()
    await band(page)
      .getByText(/^As known on/)
      .waitFor()
    await page.goto(`${dashboard.url}${both('/systems', first, first)}`)
    await band(page).getByText('Both dates in this link are the same: nothing is compared.').waitFor()
    await page.goto(`${dashboard.url}${both('/systems?q=nothing-like-it', before, first)}`)
    await page.getByText('No system matches the filter on either date.').waitFor()
    await page.close()
  })

  it('are no comparison where one of them can’t be read', async () => {
    const page = await dashboard.page()
    let broken = true
    await page.route('**/graphql', (route) => {
      const { operationName, variables } = route.request().postDataJSON()
      if (!broken || operationName !== 'Overview' || variables.asOf !== second) return route.continue()
      return route.fulfill({ status: 500, json: { errors: [{ message: 'The views are closed.', extensions: { code: 'INTERNAL' } }] } })
    })
    await page.goto(`${dashboard.url}${both('')}`)
    await page.getByRole('heading', { name: /^The overview \(.*\) could not be read$/ }).waitFor()
    expect(await page.getByRole('table').count()).toBe(0)
    broken = false
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('table', { name: 'Figures on both dates' }).waitFor()
    await page.close()
  })

  for (const theme of ['light', 'dark'] as const) {
    it(`are readable by everybody: ${theme}`, async () => {
      const page = await dashboard.page({ theme })
      for (const [path, table] of [
        ['', 'Figures on both dates'],
        ['/systems', 'What changed of credit scoring'],
        ['/systems/credit-scoring', 'Violations on both dates'],
      ] as const) {
        await page.goto(`${dashboard.url}${both(path)}`)
        await page.getByRole('table', { name: table }).waitFor()
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 900 })
          await check(page)
        }
      }
      await page.getByRole('button', { name: /^As of: / }).click()
      await page.getByRole('form', { name: 'Compare two dates' }).waitFor()
      for (const width of [390, 1440]) {
        await page.setViewportSize({ width, height: 900 })
        await check(page, POPPER)
      }
      await page.close()
    })
  }

  it('complained of nothing', () => {
    const mine = /status of 500/
    expect(dashboard.complaints.filter((text) => text !== STILL_READING && !mine.test(text))).toEqual([])
  })
})

async function check(page: Page, part = 'html'): Promise<void> {
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), page.url()).toBe(0)
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().include(part).analyze()
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
    page.url(),
  ).toEqual([])
}
