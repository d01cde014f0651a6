import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { graphql } from '../kit/annal-process.ts'
import { Dashboard, STILL_READING } from './dashboard.ts'
import {
  biasAudit,
  datasetRegistered,
  driftDetected,
  incidentReported,
  modelRegistered,
  modelVersionRegistered,
  record,
  systemRegistered,
  versionDeployed,
} from './sample-events.ts'

/** 320: what is left of 1280 at 400 % zoom. */
const WIDTHS = [320, 390, 768, 1440, 1920]
/** `:person` and the like stand for ids that are known when the test runs. */
const ROOMS: readonly (readonly [path: string, heading: string | RegExp, content: string])[] = [
  ['', 'Overview', 'What needs somebody'],
  ['/systems', 'Systems', 'Retail banking'],
  ['/systems/credit-scoring', 'credit scoring', 'Models deployed'],
  ['/models', 'Models', 'Credit score'],
  ['/models/cs', 'Credit score', 'Version 7'],
  ['/datasets', 'Datasets', 'Consumer loans'],
  ['/datasets/loans', 'Consumer loans', 'The core banking system'],
  ['/incidents', 'Incidents', 'Refusals rose by a third'],
  ['/incidents/inc-1', 'Refusals rose by a third', 'Systems concerned'],
  ['/violations', 'Violations', 'Deployed without approval'],
  ['/events', 'Audit trail', 'Bias audited'],
  ['/approvals', 'Approvals', 'model:cs@7'],
  [':approval', /^Approval of/, 'Who decides'],
  ['/evidence', 'Evidence', 'No pack was exported yet.'],
  ['/ledger', 'Ledger', 'Stores'],
  ['/people', 'People', 'Active'],
  [':person', /./, 'Here since'],
  ['/people/invitations', 'Invitations', 'margaret@example.org'],
  ['/sessions', 'Your sessions', 'This one'],
  ['/keys', 'API keys', 'test service'],
  ['/webhooks', 'Webhooks', 'https://hooks.example.org/annal'],
  ['/webhooks/deliveries', 'Deliveries', 'System registered'],
  ['/data-subjects', 'Data subjects', 'Nobody asked, and nobody was erased.'],
  [':subject', /^sub_/, 'Who holds packs'],
  ['/legal-holds', 'Legal holds', 'No legal hold was ever placed.'],
  [':verify', 'Verify an evidence pack', 'Evidence pack'],
  [':past', 'Overview', 'nothing recorded later is shown'],
  [':past-trail', 'Audit trail', 'nothing recorded later is shown'],
  [':past-keys', 'API keys', 'This page has no past'],
  ['/systems?asOf=then', 'Systems', 'The date in this link can’t be read'],
]
const DIALOGS: readonly (readonly [path: string, heading: string, button: string])[] = [
  // While the page is wide: on a narrow one the drawer is in front of the heading.
  [':event', 'Audit trail', 'Redact…'],
  ['/people', 'People', 'Invite somebody'],
  ['/keys', 'API keys', 'Issue a key'],
  ['/webhooks', 'Webhooks', 'Configure tickets'],
  ['/evidence', 'Evidence', 'Export evidence'],
  ['/legal-holds', 'Legal holds', 'Place a hold on systems'],
  ['/models/cs', 'Credit score', 'Request approval'],
]
const POPPER = '[data-radix-popper-content-wrapper]'
const DIALOG = '[role="dialog"]'
const SUBJECT_FOR = 'mutation ($reference: String!) { subjectFor(reference: $reference) { ... on Subject { id } } }'
const THEMES = ['light', 'dark'] as const
/** Axe takes seconds a page. Each theme and each of the two layouts is looked at on every page; `ANNAL_TEST_AXE=all` looks at all four pairs. */
const ALL = process.env.ANNAL_TEST_AXE === 'all'
const cutHeadings = `[...document.querySelectorAll('h1')].filter((h) => h.scrollWidth > h.clientWidth).map((h) => h.textContent)`
/** By how many pixels lists are wider than their frames. Where there is room they show what fits. */
const sideways = `[...document.querySelectorAll('[role="grid"]')].map(({ parentElement: frame }) => frame.scrollWidth - frame.clientWidth).filter(Boolean)`
const looksAt = (theme: (typeof THEMES)[number], width: number) =>
  (width === 390 || width === 1440) && (ALL || (theme === 'light') === (width === 1440))

// Axe looks at every element of the page each time.
describe('every page, in both themes and at every width', { timeout: 120_000 }, () => {
  let dashboard: Dashboard
  const places = new Map<string, string>()
  const audit = biasAudit(7, false)

  beforeAll(async () => {
    dashboard = await Dashboard.open()
    const service = await dashboard.annal.key('service')
    await record(dashboard.annal, service, [
      systemRegistered('credit-scoring'),
      datasetRegistered(),
      modelRegistered(),
      modelVersionRegistered(7),
      versionDeployed(7),
      driftDetected(7),
      incidentReported(),
      ...Array.from({ length: 12 }, (_, n) => biasAudit(n)),
      audit,
    ])
    const { url } = dashboard.annal
    const made = await graphql<{ subjectFor: { id: string } }>(url, service, SUBJECT_FOR, { reference: 'customer 4711' })
    places
      .set(':subject', `${dashboard.url}/data-subjects/${made.subjectFor.id}`)
      .set(':verify', `${url}/verify`)
      .set(':event', `${dashboard.trailUrl}/${audit.id}`)
    const page = await dashboard.room('/people', 'People')
    const dialog = page.getByRole('dialog')
    await page.getByRole('button', { name: 'Invite somebody' }).click()
    await dialog.getByRole('textbox', { name: 'E-mail' }).fill('grace@example.org')
    await dialog.getByLabel('Role').selectOption('APPROVER')
    await dialog.getByRole('button', { name: 'Invite', exact: true }).click()
    const approver = await dashboard.another(await dialog.locator('pre').innerText())
    await approver.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    // One that was used and one that waits.
    await dialog.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('button', { name: 'Invite somebody' }).click()
    await dialog.getByRole('textbox', { name: 'E-mail' }).fill('margaret@example.org')
    await dialog.getByLabel('Role').selectOption('AUDITOR')
    await dialog.getByRole('button', { name: 'Invite', exact: true }).click()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await page.goto(`${dashboard.url}/models/cs`)
    await page.getByRole('button', { name: 'Request approval', exact: true }).click()
    const box = dialog.getByRole('checkbox').first()
    await box.check()
    await dialog.getByRole('button', { name: 'Request approval', exact: true }).click()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await page.goto(`${dashboard.url}/approvals`)
    places.set(':approval', await linkIn(page, '/approvals/'))
    await page.goto(`${dashboard.url}/people?q=status:active`)
    places.set(':person', await linkIn(page, '/people/per_'))
    await page.goto(`${dashboard.url}/webhooks`)
    await page.getByRole('button', { name: 'Add a webhook' }).click()
    await dialog.getByRole('textbox', { name: 'Id' }).fill('tickets')
    await dialog.getByRole('textbox', { name: 'Address' }).fill('https://hooks.example.org/annal')
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await dialog.getByRole('button', { name: 'Done' }).click()
    const asOf = `asOf=${new Date().toISOString()}`
    places
      .set(':past', `${dashboard.url}?${asOf}`)
      .set(':past-trail', `${dashboard.trailUrl}?${asOf}`)
      .set(':past-keys', `${dashboard.url}/keys?${asOf}`)
    await record(dashboard.annal, service, [systemRegistered('churn')])
    await page.close()
  }, 120_000)

  afterAll(() => dashboard?.close())

  /** Where the first link of the list leads that begins so. */
  async function linkIn(page: Page, start: string): Promise<string> {
    const href = await page.locator(`[data-row] a[href*="${start}"]`).first().getAttribute('href')
    return `${dashboard.annal.url}${href ?? ''}`
  }

  /** The whole page, or a part of it that opened on a page which was looked at. */
  async function check(page: Page, part = 'html'): Promise<void> {
    // Without frames there is nothing to gather: the quick way of running suffices.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().include(part).analyze()
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
      page.url(),
    ).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
    expect(await page.evaluate(cutHeadings), page.url()).toEqual([])
  }

  it.each(ROOMS)('the room %s', async (path, heading, content) => {
    const page = await dashboard.page()
    await page.goto(places.get(path) ?? `${dashboard.url}${path}`)
    await page.getByRole('heading', { level: 1, name: heading }).waitFor()
    await page.getByText(content).first().waitFor()
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 })
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
      if (width >= 768) expect(await page.evaluate(sideways), `${page.url()} ${width}`).toEqual([])
      // Colours and names don't change with the width where there is a table; the narrowest has cards.
      for (const theme of THEMES.filter((one) => looksAt(one, width))) {
        await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
        await check(page)
      }
    }
    await page.close()
  })

  for (const theme of THEMES) {
    for (const width of WIDTHS.filter((one) => looksAt(theme, one))) {
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

    it(`the forms: ${theme}`, async () => {
      const page = await dashboard.page({ theme })
      for (const [path, heading, button] of DIALOGS) {
        await page.goto(places.get(path) ?? `${dashboard.url}${path}`)
        await page.getByRole('heading', { level: 1, name: heading }).waitFor()
        await page.getByRole('button', { name: button }).first().click()
        await page.getByRole('dialog').locator('form').waitFor()
        for (const width of WIDTHS.filter((one) => looksAt(theme, one))) {
          await page.setViewportSize({ width, height: 900 })
          await check(page, ALL ? 'html' : DIALOG)
        }
      }
      await page.close()
    })

    it(`the form of a decision: ${theme}`, async () => {
      for (const width of WIDTHS.filter((one) => looksAt(theme, one))) {
        const page = await dashboard.room('/systems/credit-scoring', 'credit scoring', { theme, width })
        await page.getByRole('button', { name: 'Report an incident' }).click()
        await page.getByRole('dialog').getByRole('button', { name: 'Report the incident' }).click()
        await page.getByText('This is needed.').first().waitFor()
        await check(page)
        await page.close()
      }
    })

    it(`the bytes of an event: ${theme}`, async () => {
      const page = await dashboard.trail(`/${audit.id}`, { theme })
      await page.getByRole('radio', { name: 'Raw' }).click()
      await page.getByText('Commitment matches these bytes').waitFor()
      await check(page)
      await page.close()
    })

    it(`what opens on the trail: ${theme}`, async () => {
      const page = await dashboard.trail('?q=type:BiasAudited', { theme })
      for (const name of ['Export', 'View', 'You and settings', 'Sealed, unwitnessed', 'About', 'Recorded']) {
        await page.getByRole('button', { name, exact: true }).first().click()
        await page.locator(POPPER).waitFor()
        await check(page, POPPER)
        await page.keyboard.press('Escape')
      }
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog', { name: 'Commands' }).waitFor()
      await check(page, DIALOG)
      await page.keyboard.press('Escape')
      await page.keyboard.press('?')
      await page.getByRole('heading', { name: 'Keyboard' }).waitFor()
      await check(page, DIALOG)
      // At 200 % zoom, where it scrolls.
      await page.setViewportSize({ width: 720, height: 450 })
      await check(page, DIALOG)
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.keyboard.press('Escape')
      await page.getByRole('combobox', { name: 'Filter events' }).fill('nonsense:')
      await page.keyboard.press('Enter')
      await page.getByText('Unknown key').waitFor()
      await check(page)
      await page.close()
    })

    it(`the time control and the band of the past: ${theme}`, async () => {
      const page = await dashboard.page({ theme })
      await page.goto(places.get(':past') ?? '')
      await page.getByText('What needs somebody').first().waitFor()
      await page.getByRole('button', { name: /^As of: / }).click()
      await page.locator(POPPER).waitFor()
      for (const width of WIDTHS.filter((one) => looksAt(theme, one))) {
        await page.setViewportSize({ width, height: 900 })
        await check(page, POPPER)
        await check(page, '[data-band]')
      }
      await page.close()
    })

    it(`signing in: ${theme}`, async () => {
      for (const width of WIDTHS.filter((one) => looksAt(theme, one))) {
        const page = await dashboard.page({ theme, width })
        await page.goto(`${dashboard.annal.url}/sign-in`)
        await page.getByText('npm run annal -- sign-in-link').waitFor()
        await check(page)
        await page.close()
      }
    })
  }

  it('complained of nothing: the content security policy holds and nothing was missing', () => {
    expect(dashboard.complaints.filter((text) => text !== STILL_READING)).toEqual([])
  })
})
