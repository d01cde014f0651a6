import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Dashboard } from './dashboard.ts'
import { biasAudit, record, systemRegistered } from './sample-events.ts'

describe('the live tail', () => {
  let dashboard: Dashboard
  let service: string

  beforeAll(async () => {
    dashboard = await Dashboard.open()
    service = await dashboard.annal.key('service')
    await record(dashboard.annal, service, [systemRegistered('credit-scoring'), biasAudit(1)])
  })
  afterAll(() => dashboard?.close())

  const ids = (page: Page) => page.locator('tbody tr[data-event]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-event')))
  const pill = (page: Page) => page.getByRole('button', { name: /new$/ })
  const live = (page: Page) => page.getByRole('button', { name: /^Live/ }).waitFor()

  it('keeps new events behind the pill until the reader asks', async () => {
    const page = await dashboard.trail('?q=type:BiasAudited')
    await live(page)
    const before = await ids(page)
    const events = [biasAudit(2), biasAudit(3)]
    await record(dashboard.annal, service, events)
    await page.getByRole('button', { name: '2 new' }).waitFor()
    expect(await ids(page)).toEqual(before)
    await pill(page).click()
    await expect.poll(() => ids(page)).toEqual([events[1]?.id, events[0]?.id, ...before])
    await page.close()
  })

  it('follows only what the filter asks for', async () => {
    const page = await dashboard.trail('?q=type:SystemRegistered')
    await live(page)
    await record(dashboard.annal, service, [biasAudit(4), systemRegistered('claims-triage')])
    await page.getByRole('button', { name: '1 new' }).waitFor()
    await page.close()
  })

  it('pauses, and goes on without gap', async () => {
    const page = await dashboard.trail('?q=type:BiasAudited')
    await live(page)
    await page.getByRole('button', { name: /^Live/ }).click()
    await record(dashboard.annal, service, [biasAudit(5), biasAudit(5)])
    await page.waitForTimeout(500)
    expect(await pill(page).count()).toBe(0)
    await page.getByRole('button', { name: /^Paused/ }).click()
    await page.getByRole('button', { name: '2 new' }).waitFor()
    await page.close()
  })

  it('shows a lost connection and catches up when it is back', { timeout: 180_000 }, async () => {
    const page = await dashboard.trail('?q=type:BiasAudited')
    await live(page)
    const before = await ids(page)
    await dashboard.annal.kill()
    await page.getByText('Connection lost: newer events may be missing').waitFor()
    await dashboard.annal.restart()
    const events = [biasAudit(6), biasAudit(6), biasAudit(6)]
    await record(dashboard.annal, service, events)
    // It tries again by itself, at most 10 s apart.
    await page.getByRole('button', { name: '3 new' }).waitFor({ timeout: 40_000 })
    await live(page)
    await pill(page).click()
    await expect.poll(() => ids(page)).toEqual([...events.map(({ id }) => id).toReversed(), ...before])
    await page.close()
  })

  it('a register shows what was recorded while its page was still connecting', async () => {
    const page = await dashboard.page()
    const hold = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    await page.routeWebSocket(/graphql/, (socket) => {
      const server = socket.connectToServer()
      socket.onMessage(async (message) => {
        if (String(message).includes('"subscribe"')) {
          asked.resolve()
          await hold.promise
        }
        server.send(message)
      })
    })
    await page.goto(`${dashboard.url}/systems`)
    await page.getByRole('link', { name: 'credit scoring' }).waitFor()
    await asked.promise
    await page.waitForLoadState('networkidle')
    await record(dashboard.annal, service, [systemRegistered('late-arrival')])
    // Another page shows it: the views are as far.
    const other = await dashboard.room('/systems/late-arrival', 'late arrival')
    hold.resolve()
    await page.getByRole('link', { name: 'late arrival' }).waitFor()
    await other.close()
    await page.close()
  })

  it('stops when the session ends, and says so', async () => {
    const { cookie } = await dashboard.annal.signIn()
    await dashboard.signInWith(cookie)
    const page = await dashboard.trail()
    await live(page)
    await fetch(`${dashboard.annal.url}/session`, { method: 'DELETE', headers: { cookie, origin: dashboard.annal.url } })
    // The header says it too, of every page.
    await page.getByRole('button', { name: /^Signed out\. / }).click()
    await page.getByRole('heading', { name: 'Sign in to Annal' }).waitFor()
    await page.close()
  })
})
