import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Dashboard } from './dashboard.ts'
import { biasAudit, record, systemRegistered } from './sample-events.ts'

const MOST_SCRIPT = 180 * 1024
/** How much of the page has moved by itself since it was opened (cumulative layout shift). */
const SHIFTED = `new Promise((settle) => {
  let sum = 0
  new PerformanceObserver((list) => { for (const shift of list.getEntries()) sum += shift.value }).observe({ type: 'layout-shift', buffered: true })
  setTimeout(() => settle(sum), 500)
})`

describe('the first load', () => {
  let dashboard: Dashboard
  beforeAll(async () => {
    dashboard = await Dashboard.open()
    const service = await dashboard.annal.key('service')
    await record(dashboard.annal, service, [systemRegistered('credit-scoring'), ...Array.from({ length: 120 }, (_, n) => biasAudit(n))])
  })
  afterAll(() => dashboard?.close())

  it('asks no other house for anything', async () => {
    const hosts = new Set<string>()
    const page = await dashboard.page()
    page.on('request', (request) => hosts.add(new URL(request.url()).host))
    await page.goto(dashboard.trailUrl)
    await page.locator('[data-event]').first().waitFor()
    expect([...hosts]).toEqual([new URL(dashboard.annal.url).host])
    await page.close()
  })

  it('needs at most 180 kB of script, gzipped, for its first events', async () => {
    const html = await (await fetch(dashboard.annal.url)).text()
    const scripts = [...html.matchAll(/(?:src|href)="(\/[^"]+\.js)"/g)].map(([, path = '']) => path)
    expect(scripts.length).toBeGreaterThan(1)
    let total = 0
    for (const path of scripts) total += gzipSync(Buffer.from(await (await fetch(`${dashboard.annal.url}${path}`)).arrayBuffer())).length
    expect(total).toBeLessThanOrEqual(MOST_SCRIPT)
  })

  // How soon it shows them is measured by `npm run bench`, page-first-content.
  it('shows events, and nothing jumps', async () => {
    const page = await dashboard.page()
    await page.goto(dashboard.trailUrl)
    await page.locator('[data-event]').first().waitFor()
    expect(await page.evaluate(SHIFTED)).toBeLessThan(0.02)
    await page.close()
  })
})
