import { setTimeout as wait } from 'node:timers/promises'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ByKeys } from './by-keys.ts'
import { Dashboard, STILL_READING } from './dashboard.ts'
import { modelRegistered, modelVersionRegistered, record, systemRegistered, versionDeployed } from './sample-events.ts'

/** The whole second of an instant, as a field takes it in the browser's zone. */
function fieldOf(instant: string): string {
  return new Date(instant).toLocaleString('sv-SE', { timeZone: 'Europe/Berlin' }).replace(' ', 'T')
}

function band(page: Page) {
  return page.locator('[data-band]')
}

describe('the dashboard as of a day', { timeout: 120_000 }, () => {
  let dashboard: Dashboard
  /** Between the registration of the first system and everything else. */
  let then: string

  beforeAll(async () => {
    dashboard = await Dashboard.open()
    const service = await dashboard.annal.key('service')
    await record(dashboard.annal, service, [systemRegistered('credit-scoring'), modelRegistered(), modelVersionRegistered(7)])
    then = new Date().toISOString()
    // The control takes whole seconds.
    await wait(1_200)
    await record(dashboard.annal, service, [systemRegistered('churn'), versionDeployed(7)])
  })
  afterAll(() => dashboard?.close())

  const past = (path: string) => `${path}${path.includes('?') ? '&' : '?'}asOf=${then}`

  it('is chosen by the keyboard, goes along, and is left again', async () => {
    const page = await dashboard.room('/systems', 'Systems')
    const keys = new ByKeys(page)
    await page.getByText('churn').first().waitFor()

    await keys.press('t')
    const control = page.getByRole('dialog', { name: 'As of' })
    await control.waitFor()
    await keys.tabTo('Another date and time')
    await control.getByLabel('Another date and time').fill(fieldOf(then))
    await keys.press('Enter')
    await control.waitFor({ state: 'detached' })
    await band(page)
      .getByText(/^As known on .* — nothing recorded later is shown/)
      .waitFor()
    await page.getByText('1 system', { exact: true }).waitFor()
    expect(await page.getByText('churn').count()).toBe(0)
    expect(await keys.focused()).toMatch(/^As of: /)
    const asOf = new URL(page.url()).searchParams.get('asOf')
    expect(asOf).toBe(`${then.slice(0, 19)}.999Z`)

    // Rows, links of the page, rooms, the palette and its things.
    await page.evaluate('document.activeElement.blur()')
    await keys.press('j', 'Enter')
    await page.getByRole('heading', { level: 1, name: 'credit scoring' }).waitFor()
    await page.getByText('Nothing is deployed, as far as the record says.').waitFor()
    await page.getByRole('link', { name: 'In the audit trail' }).click()
    await page.getByText(/^Past/).first().waitFor()
    await page.getByRole('link', { name: 'Overview', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    await keys.goTo('Violations', 'Violations')
    expect(new URL(page.url()).searchParams.get('asOf')).toBe(asOf)

    await keys.tabTo('Back to now')
    await keys.press('Enter')
    await band(page).waitFor({ state: 'detached' })
    expect(page.url()).not.toContain('asOf')
    expect(await keys.focused()).toBe('As of: Now')
    await page.getByText('Deployed without approval').first().waitFor()
    await page.close()
  })

  it('is a command of the palette, and an empty day says so', async () => {
    const page = await dashboard.room('/systems', 'Systems')
    const keys = new ByKeys(page)
    await keys.press('Control+k')
    await page.getByRole('dialog', { name: 'Commands' }).waitFor()
    await keys.type('as of: end of yesterday')
    await keys.press('Enter')
    await page.getByRole('heading', { name: 'Nothing was recorded by then' }).waitFor()
    await keys.press('Control+k')
    await keys.type('as of…')
    await keys.press('Enter')
    await page.getByRole('dialog', { name: 'As of' }).waitFor()
    expect(await page.getByRole('button', { name: /^End of yesterday/ }).getAttribute('aria-pressed')).toBe('true')
    await keys.press('Escape')
    await page.getByRole('dialog', { name: 'As of' }).waitFor({ state: 'detached' })
    await keys.press('Control+k')
    await keys.type('back to now')
    await keys.press('Enter')
    await band(page).waitFor({ state: 'detached' })
    await page.close()
  })

  it('lets nobody decide', async () => {
    const page = await dashboard.room(past('/systems/credit-scoring'), 'credit scoring')
    const report = page.getByRole('button', { name: 'Report an incident' })
    expect(await report.getAttribute('aria-disabled')).toBe('true')
    await report.focus()
    await page.keyboard.press('Enter')
    await report.click({ force: true })
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Shift+Tab')
    await page.getByRole('tooltip').getByText('Decisions are made now: go back to now.').waitFor()

    await page.goto(`${dashboard.url}${past('/keys')}`)
    await page.getByRole('button', { name: 'Issue a key' }).click({ force: true })
    await band(page)
      .getByText(/^This page has no past: it shows now/)
      .waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.close()
  })

  it('ends the trail, its drawer and its export', async () => {
    const page = await dashboard.trail(past('?q=type:SystemRegistered'))
    await page.getByText('1 event', { exact: true }).waitFor()
    await page.locator('[data-event]').first().click()
    await page.getByRole('dialog').getByText('Retail banking', { exact: true }).waitFor()
    expect(new URL(page.url()).searchParams.get('asOf')).toBe(then)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Export' }).click()
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'JSON Lines' }).click()])
    const lines = (await readAll(await file.createReadStream())).trim().split('\n')
    expect(lines).toHaveLength(1)
    await page.close()
  })

  it('says what a link asks for in vain', async () => {
    const page = await dashboard.room('/systems?asOf=2999-01-01', 'Systems')
    await band(page).getByText('has not come yet').waitFor()
    await page.getByText('2 systems').waitFor()
    await page.goto(`${dashboard.url}/systems?asOf=last+week`)
    await band(page).getByText('can’t be read').waitFor()
    await page.getByRole('button', { name: 'Remove it from the link' }).click()
    await band(page).waitFor({ state: 'detached' })
    expect(page.url()).not.toContain('asOf')
    await page.close()
  })

  it('shows how far the server is until the day is read', async () => {
    const page = await dashboard.page()
    const answers = [{ read: 0, of: null as number | null }]
    let readyYet = false
    await page.route('**/graphql', async (route) => {
      if (readyYet || route.request().postDataJSON().operationName !== 'Systems') return route.continue()
      const progress = answers.shift() ?? { read: 42, of: 100 }
      const json = { errors: [{ message: 'That day is not read yet.', extensions: { code: 'PAST_NOT_READY', ...progress } }] }
      return route.fulfill({ json })
    })
    await page.goto(`${dashboard.url}${past('/systems')}`)
    await page.getByText('Reading the record up to that day: 42 %').waitFor()
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([])
    readyYet = true
    await page.getByText('1 system', { exact: true }).waitFor()
    await page.getByTestId('past-progress').waitFor({ state: 'detached' })
    await page.close()
  })

  it('is still there after signing in again', async () => {
    const { cookie } = await dashboard.annal.signIn()
    await dashboard.signedOut()
    const page = await dashboard.page()
    await page.goto(`${dashboard.url}${past('/systems')}`)
    await page.getByRole('heading', { level: 1, name: 'Sign in to Annal' }).waitFor()
    const next = new URL(page.url()).searchParams.get('next')
    await dashboard.signInWith(cookie)
    await page.goto(`${dashboard.annal.url}${next}`)
    await page.getByText('1 system', { exact: true }).waitFor()
    await page.close()
  })

  it('complained of nothing', () => {
    expect(dashboard.complaints.filter((text) => text !== STILL_READING && !text.includes('401'))).toEqual([])
  })
})

async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  for await (const chunk of stream) text += String(chunk)
  return text
}
