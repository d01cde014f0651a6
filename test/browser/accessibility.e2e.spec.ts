import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Dashboard } from './dashboard.ts'
import { biasAudit, record, systemRegistered } from './sample-events.ts'

const WIDTHS = [390, 768, 1440, 1920]
const THEMES = ['light', 'dark'] as const

// Axe looks at every element of the page each time.
describe('every page, in both themes and at every width', { timeout: 120_000 }, () => {
  let dashboard: Dashboard
  const audit = biasAudit(7, false)

  beforeAll(async () => {
    dashboard = await Dashboard.open()
    const service = await dashboard.annal.key('service')
    await record(dashboard.annal, service, [
      systemRegistered('credit-scoring'),
      ...Array.from({ length: 12 }, (_, n) => biasAudit(n)),
      audit,
    ])
  })
  afterAll(() => dashboard?.close())

  async function check(page: Page): Promise<void> {
    // Without frames there is nothing to gather: the quick way of running suffices.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
  }

  for (const theme of THEMES) {
    for (const width of WIDTHS) {
      it(`the trail and an event: ${theme}, ${width} px`, async () => {
        const page = await dashboard.trail('?q=about:aisystem:credit-scoring+gender', { width, theme })
        await page.locator('[data-event]').first().waitFor()
        await page.getByRole('button', { name: /^Live/ }).waitFor()
        await check(page)
        await page.goto(`${dashboard.trailUrl}/${audit.id}`)
        await page.getByText('Protected attribute').waitFor()
        await check(page)
        await page.close()
      })
    }

    it(`the bytes of an event: ${theme}`, async () => {
      const page = await dashboard.trail(`/${audit.id}`, { theme })
      await page.getByRole('radio', { name: 'Raw' }).click()
      await page.getByText('Commitment matches these bytes').waitFor()
      await check(page)
      await page.close()
    })

    it(`what opens on the trail: ${theme}`, async () => {
      const page = await dashboard.trail('?q=type:BiasAudited', { theme })
      for (const name of ['Export', 'View', 'You and settings', 'Not sealed yet', 'About', 'Recorded']) {
        await page.getByRole('button', { name, exact: true }).first().click()
        await page.locator('[data-radix-popper-content-wrapper]').waitFor()
        await check(page)
        await page.keyboard.press('Escape')
      }
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog', { name: 'Commands' }).waitFor()
      await check(page)
      await page.keyboard.press('Escape')
      await page.keyboard.press('?')
      await page.getByRole('heading', { name: 'Keyboard' }).waitFor()
      await check(page)
      await page.keyboard.press('Escape')
      await page.getByRole('combobox', { name: 'Filter events' }).fill('nonsense:')
      await page.keyboard.press('Enter')
      await page.getByText('Unknown key').waitFor()
      await check(page)
      await page.close()
    })

    it(`signing in: ${theme}`, async () => {
      for (const width of [390, 1440]) {
        const page = await dashboard.page({ theme, width })
        await page.goto(`${dashboard.annal.url}/sign-in`)
        await page.getByText('npm run annal -- sign-in-link').waitFor()
        await check(page)
        await page.close()
      }
    })
  }

  it('complained of nothing: the content security policy holds and nothing was missing', () => {
    expect(dashboard.complaints).toEqual([])
  })
})
