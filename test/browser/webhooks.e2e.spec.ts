import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Dashboard } from './dashboard.ts'
import { record, systemRegistered } from './sample-events.ts'

describe('webhooks', { timeout: 120_000 }, () => {
  const received: IncomingHttpHeaders[] = []
  let answer = 410
  const receiver = createServer((request, response) => {
    received.push(request.headers)
    request.resume().on('end', () => response.writeHead(answer).end())
  })
  let dashboard: Dashboard
  let service: string
  let page: Page

  beforeAll(async () => {
    await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
    dashboard = await Dashboard.open()
    service = await dashboard.annal.key('service')
    page = await dashboard.room('/webhooks', 'Webhooks')
  })
  afterAll(async () => {
    await dashboard?.close()
    receiver.closeAllConnections()
    await new Promise((done) => receiver.close(done))
  })

  const dialog = () => page.getByRole('dialog')
  const card = () => page.getByRole('list', { name: 'Webhooks' }).getByRole('listitem')
  const address = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`

  async function check(): Promise<void> {
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 900 })
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
    }
  }

  it('one is set up for chosen types, and its secret is shown once', async () => {
    await page.getByText('No webhook is set up.').waitFor()
    await page.getByRole('button', { name: 'Add a webhook' }).click()
    await dialog().getByRole('textbox', { name: 'Id' }).fill('tickets')
    await dialog().getByRole('textbox', { name: 'Address' }).fill('http://10.0.0.1/hook')
    await dialog().getByRole('radio', { name: 'Chosen types' }).click()
    await dialog().getByRole('textbox', { name: 'Find a type' }).fill('system registered')
    await dialog().getByRole('checkbox', { name: 'System registered' }).check()
    await check()
    await dialog().getByRole('button', { name: 'Add', exact: true }).click()
    await dialog().getByText('No webhook was set up').waitFor()
    await dialog().getByRole('textbox', { name: 'Address' }).fill(address())
    await dialog().getByRole('button', { name: 'Add', exact: true }).click()
    const secret = await dialog().locator('pre').innerText()
    expect(secret).toMatch(/^whsec_/)
    await dialog().getByRole('button', { name: 'Done' }).click()
    await card().getByText('On', { exact: true }).waitFor()
    expect(await page.content()).not.toContain(secret)
  })

  it('what its receiver refuses for good pauses it, and is replayed', async () => {
    await record(dashboard.annal, service, [systemRegistered('credit-scoring')])
    await card().getByText('Paused').waitFor()
    await check()
    await card().getByRole('link', { name: /event/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Deliveries' }).waitFor()
    expect(page.url()).toContain('webhook:tickets')
    const row = page.locator('[data-row]')
    await row.getByText('Given up').waitFor()
    await row.getByText(/^410/).waitFor()
    await check()
    answer = 204
    await row.getByRole('button', { name: 'Replay' }).click()
    await row.getByText('Delivered', { exact: true }).waitFor()
    expect(new Set(received.map((headers) => headers['webhook-id'])).size).toBe(1)
    await page
      .getByRole('button', { name: 'Filters' })
      .or(page.getByRole('button', { name: 'State', exact: true }))
      .click()
    await page.getByText('Given up').last().click()
    await page.getByText('Nothing matches').waitFor()
  })

  it('its secret is rotated, and it is removed', async () => {
    await page.getByRole('navigation', { name: 'Webhooks and deliveries' }).getByRole('link', { name: 'Webhooks' }).click()
    await card().getByText('On', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Configure tickets' }).click()
    await dialog()
      .getByRole('checkbox', { name: /^A new secret/ })
      .check()
    await dialog().getByRole('button', { name: 'Configure', exact: true }).click()
    expect(await dialog().locator('pre').innerText()).toMatch(/^whsec_/)
    await dialog().getByRole('button', { name: 'Done' }).click()
    await page.getByRole('button', { name: 'Configure tickets' }).click()
    await dialog().getByRole('radio', { name: 'Remove' }).click()
    await check()
    await dialog().getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByText('No webhook is set up.').waitFor()
    expect(dashboard.complaints).toEqual([])
  })
})
