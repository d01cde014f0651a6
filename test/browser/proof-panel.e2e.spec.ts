import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Dashboard } from './dashboard.ts'
import { biasAudit, record, systemRegistered } from './sample-events.ts'

describe('the proof of an event', { timeout: 120_000 }, () => {
  const audit = biasAudit(7)
  let dashboard: Dashboard

  beforeAll(async () => {
    dashboard = await Dashboard.open()
    const service = await dashboard.annal.key('service')
    await record(dashboard.annal, service, [
      systemRegistered('credit-scoring'),
      ...Array.from({ length: 9 }, (_, n) => biasAudit(n)),
      audit,
    ])
  })
  afterAll(() => dashboard?.close())

  async function proofOf(page: Page): Promise<void> {
    await page.getByText('Protected attribute').waitFor()
    await page.getByRole('radio', { name: 'Proof' }).click()
    // The head over the newest events may be a second away.
    await page.getByRole('button', { name: 'Verify here' }).waitFor()
  }

  it('is drawn, can be copied, and is checked in the browser', async () => {
    const page = await dashboard.page()
    await page.goto(`${dashboard.trailUrl}/${audit.id}`)
    await proofOf(page)
    await page.getByRole('img', { name: /^Inclusion path of leaf \d+: [1-9]\d* hashes/ }).waitFor()
    expect(await page.getByText('c2sp.org/tlog-proof@v1').isVisible()).toBe(true)
    await page.getByRole('button', { name: 'Copy the proof' }).waitFor()
    await page.getByRole('button', { name: 'Verify here' }).click()
    await page.getByText('The path holds, under the server’s own key').waitFor()
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme })
      for (const width of [390, 1440]) {
        await page.setViewportSize({ width, height: 900 })
        const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([])
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
      }
    }
    await page.close()
    expect(dashboard.complaints).toEqual([])
  })

  it('does not hold when the server hands out the path of another leaf', async () => {
    const page = await dashboard.page()
    await page.route('**/graphql', async (route) => {
      const { operationName } = route.request().postDataJSON()
      if (operationName !== 'InclusionProof') return route.fallback()
      const answer = await route.fetch()
      const text = await answer.text()
      const body = JSON.parse(text)
      const proof = body.data.inclusionProof
      if (proof !== null) proof.proof = proof.proof.replace(/^index (\d+)$/m, (_: string, index: string) => `index ${Number(index) ^ 1}`)
      await route.fulfill({ response: answer, json: body })
    })
    await page.goto(`${dashboard.trailUrl}/${audit.id}`)
    await proofOf(page)
    await page.getByRole('button', { name: 'Verify here' }).click()
    await page.getByText('The proof does not hold').waitFor()
    expect(await page.getByText('The path holds').count()).toBe(0)
    await page.close()
  })
})
