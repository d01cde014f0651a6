import { randomUUID } from 'node:crypto'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { graphql } from '../kit/annal-process.ts'
import { Dashboard } from './dashboard.ts'
import { record, systemRegistered } from './sample-events.ts'

const SUBJECT_FOR = 'mutation ($reference: String!) { subjectFor(reference: $reference) { ... on Subject { id } } }'

describe('data subjects', { timeout: 120_000 }, () => {
  const reference = 'customer 4711'
  let dashboard: Dashboard
  let subject: string
  let page: Page

  const reviewed = randomUUID()

  beforeAll(async () => {
    dashboard = await Dashboard.open()
    const service = await dashboard.annal.key('service')
    const made = await graphql<{ subjectFor: { id: string } }>(dashboard.annal.url, service, SUBJECT_FOR, { reference })
    subject = made.subjectFor.id
    const review = { decisionId: 'dec-1', reviewer: 'loan-officers', outcome: 'confirmed', reason: 'A quagmire of debts.' }
    await record(dashboard.annal, service, [
      systemRegistered('credit-scoring'),
      {
        id: reviewed,
        occurredAt: '2026-04-14T08:05:00.000Z',
        correlationId: null,
        event: { decisionReviewed: { system: 'credit-scoring', subject, decidedOn: '2026-04-14', ...review } },
      },
    ])
    page = await dashboard.room('/data-subjects', 'Data subjects')
  })
  afterAll(() => dashboard?.close())

  const dialog = () => page.getByRole('dialog')
  /** What is open beside the page, and the form in front of it. */
  const drawer = () => page.getByRole('dialog').first()
  const redaction = () => page.getByRole('dialog', { name: 'Redact: Reason' })
  const main = () => page.getByRole('main')

  async function check(): Promise<void> {
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 900 })
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
    }
  }

  async function decide(open: string, act: string): Promise<void> {
    await dialog().getByRole('button', { name: act, exact: true }).click()
    await dialog().getByText('Recorded', { exact: true }).first().waitFor()
    await dialog().getByRole('button', { name: 'Done' }).click()
    await dialog().waitFor({ state: 'detached' })
    expect(await main().getByRole('button', { name: open, exact: true }).count()).toBeLessThan(2)
  }

  it('one is found by the reference of the sender, which stands in no address', async () => {
    await page.getByText('Nobody asked, and nobody was erased.').waitFor()
    const field = page.getByRole('textbox', { name: 'Find a data subject' })
    await field.fill('customer 4712')
    await field.press('Enter')
    await page.getByText('Nobody was found').waitFor()
    await check()
    await field.fill(reference)
    await field.press('Enter')
    await page.getByRole('heading', { level: 1, name: subject }).waitFor()
    expect(decodeURIComponent(page.url())).not.toContain('4711')
    await page.getByRole('link', { name: '1 event', exact: true }).waitFor()
  })

  it('a request is noted, and while a hold is in place nobody is erased', async () => {
    await page.getByRole('button', { name: 'Note a request' }).click()
    await dialog().getByLabel('Asked on').fill('2026-05-02')
    await decide('Note a request', 'Note the request')
    await main().getByText('Requested', { exact: true }).first().waitFor()
    await page.getByRole('button', { name: 'Place a hold' }).click()
    await dialog()
      .getByRole('textbox', { name: /^Matter/ })
      .fill('A claim about the refused loan.')
    await decide('Place a hold', 'Place the hold')
    await main().getByRole('link', { name: /^hold/ }).waitFor()
    await page.getByRole('button', { name: 'Erase', exact: true }).click()
    await dialog().getByRole('checkbox').check()
    await dialog().getByRole('button', { name: 'Erase for good' }).click()
    await dialog().getByText('A legal hold stands in the way').waitFor()
    await dialog().getByText('Nothing was erased.').waitFor()
    await check()
    await dialog().getByRole('button', { name: 'Cancel' }).click()
  })

  it('nor is a field of an event redacted then', async () => {
    await page.goto(`${dashboard.trailUrl}/${reviewed}`)
    await drawer().getByText('A quagmire of debts.').waitFor()
    await page.getByRole('button', { name: 'Redact… Reason' }).click()
    await redaction().getByText('The key of this one field is destroyed for good').waitFor()
    await redaction().getByText(reviewed).waitFor()
    await redaction().getByRole('button', { name: 'Redact for good' }).click()
    await redaction().getByText('This is needed.').waitFor()
    await check()
    await redaction().getByRole('textbox', { name: /^Why/ }).fill('It names a customer by mistake.')
    await redaction().getByRole('button', { name: 'Redact for good' }).click()
    await redaction().getByText('A legal hold stands in the way').waitFor()
    await redaction()
      .getByText(/^A legal hold forbids it: hold/)
      .waitFor()
    await check()
    // The keys of the list behind are not the form's.
    await redaction().getByRole('button', { name: 'Cancel' }).press('j')
    expect(page.url()).toBe(`${dashboard.trailUrl}/${reviewed}`)
    await page.keyboard.press('Escape')
    await redaction().waitFor({ state: 'detached' })
    await expect.poll(() => page.evaluate('document.activeElement?.textContent')).toBe('Redact… Reason')
    await drawer().getByText('A quagmire of debts.').waitFor()
    await page.goto(`${dashboard.url}/data-subjects/${subject}`)
  })

  it('the hold is released', async () => {
    await main().getByRole('link', { name: /^hold/ }).click()
    await page.getByText('A claim about the refused loan.').waitFor()
    await check()
    await page.getByRole('button', { name: 'Release' }).click()
    await dialog()
      .getByRole('textbox', { name: /^Reason/ })
      .fill('The claim was withdrawn.')
    await decide('Release', 'Release')
    await page.getByText('Released', { exact: true }).first().waitFor()
  })

  it('then the field is redacted, and gone from the drawer and from search', async () => {
    await page.goto(`${dashboard.trailUrl}/${reviewed}?q=quagmire`)
    await page.getByText('1 event', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Redact… Reason' }).press('Enter')
    await redaction().getByText('Your draft was kept.').waitFor()
    await redaction().getByRole('button', { name: 'Redact for good' }).press('Enter')
    await redaction().getByText('Recorded', { exact: true }).first().waitFor()
    await page.getByText('Redacted: the key to it was destroyed').waitFor()
    expect(await page.getByText('A quagmire of debts.').count()).toBe(0)
    await page.keyboard.press('Enter')
    await redaction().waitFor({ state: 'detached' })
    expect(await page.evaluate('document.activeElement?.getAttribute("role")')).toBe('dialog')
    expect(await page.getByRole('button', { name: 'Redact…' }).count()).toBe(0)
    await drawer().getByText('It names a customer by mistake.').waitFor()
    await check()
    await drawer().getByRole('link', { name: 'The event that records it' }).click()
    await drawer().getByRole('heading', { name: 'The field /reason of an event was redacted.' }).waitFor()
    await page.goto(`${dashboard.trailUrl}?q=quagmire`)
    await page.getByText('No event matches').waitFor()
    await page.goto(`${dashboard.url}/data-subjects/${subject}`)
  })

  it('and the person is erased for good', async () => {
    await page.getByRole('button', { name: 'Erase', exact: true }).click()
    await dialog().getByRole('checkbox').check()
    await dialog().getByRole('button', { name: 'Erase for good' }).click()
    await dialog().getByText('Erased.', { exact: true }).waitFor()
    await dialog().getByText('Nobody holds a pack').waitFor()
    await dialog().getByRole('button', { name: 'Done' }).click()
    await main().getByText('Erased', { exact: true }).first().waitFor()
    await expect.poll(() => page.getByRole('button', { name: 'Erase', exact: true }).count()).toBe(0)
    await check()
    await main().getByRole('link', { name: 'Data subjects' }).click()
    await page.getByRole('table').getByText('Erased').waitFor()
    await check()
    expect(dashboard.complaints).toEqual([])
  })
})
