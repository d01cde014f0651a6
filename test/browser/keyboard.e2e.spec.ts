import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Dashboard } from './dashboard.ts'
import { biasAudit, record, systemRegistered } from './sample-events.ts'

describe('the keyboard alone', () => {
  let dashboard: Dashboard
  const audits = [biasAudit(1), biasAudit(2), biasAudit(3)]

  beforeAll(async () => {
    dashboard = await Dashboard.open()
    const service = await dashboard.annal.key('service')
    await record(dashboard.annal, service, [systemRegistered('credit-scoring'), systemRegistered('churn'), ...audits])
  })
  afterAll(() => dashboard?.close())

  const [oldest, middle, newest] = audits.map(({ id }) => id)
  const focusedEvent = 'document.activeElement?.getAttribute("data-event") ?? null'

  it('filters, steps, opens, reads raw, selects and finds help', async () => {
    const page = await dashboard.trail()
    const { keyboard } = page

    await keyboard.press('/')
    await keyboard.type('type:BiasAudited')
    await keyboard.press('Enter')
    await page.getByText('3 events', { exact: true }).waitFor()
    await keyboard.press('Escape')

    await keyboard.press('j')
    await expect.poll(() => page.evaluate(focusedEvent)).toBe(newest)
    await keyboard.press('ArrowDown')
    await expect.poll(() => page.evaluate(focusedEvent)).toBe(middle)
    await keyboard.press('Enter')
    await page.getByRole('dialog').getByText('Protected attribute').waitFor()
    expect(page.url()).toContain(`/${middle}`)

    await keyboard.press('j')
    await expect.poll(() => page.url()).toContain(`/${oldest}`)
    await keyboard.press('k')
    await expect.poll(() => page.url()).toContain(`/${middle}`)
    await keyboard.press('Tab')
    await keyboard.press('ArrowRight')
    // Radix moves the focus a moment later.
    await expect.poll(() => page.evaluate('document.activeElement?.textContent')).toBe('Raw')
    await keyboard.press('Enter')
    await page.getByText('Commitment matches these bytes').waitFor()

    await keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => page.evaluate(focusedEvent)).toBe(middle)
    await keyboard.press('x')
    await page.getByText('1 selected').waitFor()
    await keyboard.press('Escape')
    await page.getByText('1 selected').waitFor({ state: 'detached' })

    await keyboard.press('?')
    await page.getByRole('heading', { name: 'Keyboard' }).waitFor()
    await keyboard.press('Escape')

    await keyboard.press('Control+k')
    await page.getByRole('dialog', { name: 'Commands' }).waitFor()
    await keyboard.type('clear filter')
    await keyboard.press('Enter')
    await expect.poll(() => page.url()).toBe(dashboard.trailUrl)

    await keyboard.press('Control+k')
    await keyboard.type('theme: dark')
    await keyboard.press('Enter')
    await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark')
    await page.close()
  })

  it('opens the event that was stepped to, however fast Enter follows', async () => {
    const page = await dashboard.trail('?q=type:BiasAudited')
    await page.locator('[data-event]').first().waitFor()
    for (const [steps, id] of [
      [1, newest],
      [3, oldest],
    ] as const) {
      // In one task of the page: nothing is drawn between the keys.
      await page.evaluate(`(async () => {
        const press = (key) => (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
        for (let step = 0; step < ${steps}; step++) await new Promise((done) => { press('j'); queueMicrotask(done) })
        press('Enter')
      })()`)
      await expect.poll(() => page.url()).toContain(`/${id}`)
      await page.goto(`${dashboard.trailUrl}?q=type:BiasAudited`)
      await page.locator('[data-event]').first().waitFor()
    }
    await page.close()
  })

  it('leaves the focus on what was gone to within a row', async () => {
    const page = await dashboard.room('/systems', 'Systems')
    await page.locator('tr[data-row]').nth(1).waitFor()
    await page.locator('tr[data-row]').first().focus()
    const link = page.locator('tr[data-row]').nth(1).getByRole('link').first()
    await link.focus()
    expect(await link.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true)
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    await expect.poll(() => page.evaluate('document.activeElement?.hasAttribute("data-row")')).toBe(true)
    await page.close()
  })

  it('leaves single keys alone when the reader turned them off', async () => {
    const page = await dashboard.trail()
    await page.keyboard.press('?')
    await page.getByRole('checkbox', { name: /work as shortcuts/ }).uncheck()
    await page.keyboard.press('Escape')
    await page.keyboard.press('j')
    expect(await page.evaluate(focusedEvent)).toBeNull()
    await page.close()
  })
})
