import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleLog, examplePack } from '../../libs/proof/vectors/example-pack.ts'
import { Dashboard } from './dashboard.ts'

describe('the page that verifies a pack', () => {
  const log = exampleLog(40)
  let dashboard: Dashboard
  let pack: Uint8Array
  let page: Page
  const asked: string[] = []

  beforeAll(async () => {
    dashboard = await Dashboard.open()
    await dashboard.signedOut()
    pack = await examplePack(log)
    page = await dashboard.page()
    await page.goto(`${dashboard.annal.url}/verify`)
    await page.getByRole('heading', { level: 1, name: 'Verify an evidence pack' }).waitFor()
    page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`))
  })
  afterAll(() => dashboard?.close())

  const choose = (name: string, bytes: Uint8Array) =>
    page.getByLabel('Evidence pack').setInputFiles({ name, mimeType: 'application/zip', buffer: Buffer.from(bytes) })
  const verdictOf = (question: string) => page.locator(`[data-question="${question}"]`).getAttribute('data-verdict')

  it('says of a pack that brings its own key no more than that it is consistent', async () => {
    await choose('pack.zip', pack)
    await page.getByText('Consistent in itself, and not more than that yet').waitFor()
    expect([await verdictOf('integrity'), await verdictOf('signature')]).toEqual(['holds', 'partial'])
    expect(await page.getByText('the key came with the pack').first().isVisible()).toBe(true)
  })

  it('holds under a key from outside, and takes the verdict back when the key is changed', async () => {
    await page.getByRole('textbox', { name: /^Key of the log/ }).fill(log.verifierKey)
    expect(await page.locator('[data-question]').count()).toBe(0)
    await page.getByRole('button', { name: 'Check the pack' }).click()
    await page.getByText('All that the pack claims holds, under what you gave').waitFor()
    expect(await verdictOf('signature')).toBe('holds')
    await page.getByRole('textbox', { name: /^Key of the log/ }).fill('not a key')
    await page.getByText('This is no verifier key').waitFor()
    expect(await page.getByRole('button', { name: 'Check the pack' }).isDisabled()).toBe(true)
  })

  it('names the place of a byte that was changed', async () => {
    await page.getByRole('textbox', { name: /^Key of the log/ }).fill(log.verifierKey)
    const bent = Uint8Array.from(pack)
    bent[bent.indexOf(0x25, 100) + 3] = 0
    await choose('bent.zip', bent)
    await page.getByText('Something is wrong: do not rely on this pack').waitFor()
    expect(await verdictOf('report')).toBe('fails')
    expect(
      await page
        .getByText(/^at report\.pdf, byte \d+ of the pack$/)
        .first()
        .isVisible(),
    ).toBe(true)
  })

  it('is accessible at both widths and in both themes, and nothing left the machine', async () => {
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme })
      for (const width of [390, 1440]) {
        await page.setViewportSize({ width, height: 900 })
        const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([])
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
      }
    }
    // Only the page's own code was fetched.
    expect(asked.filter((request) => !request.startsWith('GET /assets/'))).toEqual([])
    expect(dashboard.complaints).toEqual([])
  })
})
