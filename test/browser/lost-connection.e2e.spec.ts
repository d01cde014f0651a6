import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ByKeys } from './by-keys.ts'
import { Dashboard } from './dashboard.ts'
import { modelRegistered, modelVersionRegistered, record, systemRegistered, versionDeployed } from './sample-events.ts'

/** Code that is fetched when it is needed, while nothing can be fetched. */
async function without(page: Page, what: () => Promise<void>): Promise<void> {
  await page.context().setOffline(true)
  await what()
  await page.context().setOffline(false)
}

describe('a page without a connection', { timeout: 120_000 }, () => {
  let dashboard: Dashboard
  beforeAll(async () => {
    dashboard = await Dashboard.open()
    const service = await dashboard.annal.key('service')
    await record(dashboard.annal, service, [
      systemRegistered('credit-scoring'),
      modelRegistered(),
      modelVersionRegistered(7),
      versionDeployed(7),
    ])
  })
  afterAll(() => dashboard?.close())

  it('stays, says that the next one could not be fetched, and goes on from there', async () => {
    const page = await dashboard.room('', 'Overview')
    await page.getByText('Deployed without approval').first().waitFor()
    await without(page, async () => {
      await page.getByRole('link', { name: 'Approvals', exact: true }).click()
      await page.getByRole('heading', { level: 1, name: 'This page could not be fetched' }).waitFor()
      await page.getByRole('navigation', { name: 'Rooms' }).waitFor()
      await page.getByRole('link', { name: 'Overview', exact: true }).click()
      await page.getByText('Deployed without approval').first().waitFor()
      await page.getByRole('link', { name: 'Approvals', exact: true }).click()
      await page.getByRole('heading', { level: 1, name: 'This page could not be fetched' }).waitFor()
    })
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { level: 1, name: 'Approvals' }).waitFor()
    await page.close()
  })

  it('keeps its place when an event, a menu or a form can’t be fetched', async () => {
    const page = await dashboard.room('', 'Overview')
    const keys = new ByKeys(page)
    await page.getByText('Deployed without approval').first().waitFor()
    await without(page, async () => {
      await page
        .getByRole('link', { name: /^since/ })
        .first()
        .click()
      await page.getByText('A part of this page could not be fetched').waitFor()
      await page.getByText('What needs somebody').first().waitFor()
    })
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('dialog').getByText('Violation recorded').first().waitFor()
    await keys.press('Escape')

    await page.reload()
    await page.getByText('Deployed without approval').first().waitFor()
    await without(page, async () => {
      await keys.press('Control+k')
      await page.getByText('A part of this page could not be fetched').waitFor()
      await keys.press('Control+k')
      await page.getByText('A part of this page could not be fetched').waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'You and settings' }).click()
      await page.getByText('A part of this page could not be fetched').waitFor()
      await page.getByRole('button', { name: 'You and settings' }).waitFor()
    })
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('menu').waitFor()
    await keys.press('Escape')
    await keys.press('Control+k')
    await page.getByRole('dialog', { name: 'Commands' }).waitFor()
    await page.close()
  })

  it('complained of nothing else', () => {
    expect(
      dashboard.complaints.filter((text) => !/ERR_INTERNET_DISCONNECTED|could not be fetched|can’t be reached|WebSocket/.test(text)),
    ).toEqual([])
  })
})
