import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ByKeys } from './by-keys.ts'
import { Dashboard } from './dashboard.ts'
import { modelRegistered, modelVersionRegistered, record, systemRegistered } from './sample-events.ts'

describe('every story by the keyboard alone', { timeout: 120_000 }, () => {
  let dashboard: Dashboard
  let mine: ByKeys
  let theirs: ByKeys

  beforeAll(async () => {
    dashboard = await Dashboard.open()
    const service = await dashboard.annal.key('service')
    await record(dashboard.annal, service, [systemRegistered('credit-scoring'), modelRegistered(), modelVersionRegistered(8)])
    mine = new ByKeys(await dashboard.room('', 'Overview'))
  })
  afterAll(() => dashboard?.close())

  it('somebody is invited and signs in', async () => {
    await mine.goTo('people', 'People')
    await mine.open('Invite somebody')
    await mine.answer('Invite', { 'E-mail': 'lucja.nowak@example.org', Name: 'Łucja Nowak', Role: 'Approver' })
    const link = await mine.page.getByRole('dialog').locator('pre').innerText()
    await mine.leave()
    const page = await dashboard.another(link)
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    theirs = new ByKeys(page)
  })

  it('an approval is requested, and given by the other', async () => {
    await mine.goTo('Credit score', 'Credit score')
    await mine.open('Request approval')
    await mine.decide('Request approval', { 'Łucja Nowak': ' ', Reason: 'Version 8 passed all tests.' })
    await theirs.goTo('approvals', 'Approvals')
    await theirs.page.locator('[data-row]').first().waitFor()
    await theirs.press('j', 'Enter')
    await theirs.page.getByRole('heading', { level: 1, name: 'Approval of Credit score 8' }).waitFor()
    await theirs.open('Approve')
    await theirs.decide('Approve', { Reason: 'The tests are sound.' })
    await theirs.page.getByText('In force', { exact: true }).first().waitFor()
  })

  it('an incident is reported, triaged, contained, corrected, told to the authority and closed', async () => {
    const { page } = mine
    await mine.goTo('credit scoring', 'credit scoring')
    await mine.open('Report an incident')
    await mine.decide('Report the incident', {
      'The incident in a line': 'Refusals rose by a third',
      Category: 'Breach of fundamental',
      Severity: 'High',
    })
    await page.getByRole('link', { name: 'Refusals rose by a third' }).waitFor()
    await mine.tabTo('Refusals rose by a third')
    await mine.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Refusals rose by a third' }).waitFor()
    await mine.open('Triage')
    await mine.decide('Record the triage', { 'It is a serious incident': ' ', Why: 'Applicants were treated unequally.' })
    await mine.open('Contain')
    await mine.decide('Record the containment', { 'What was done': 'Rolled back to version 7.' })
    await page.getByText('Contained', { exact: true }).first().waitFor()
    await mine.open('Correct')
    await mine.decide('Record the corrective action', { 'What was done': 'The feed is checked for its unit.' })
    await mine.open('Authority notified')
    await mine.decide('Record the notification', { Authority: 'Bundesnetzagentur' })
    await mine.open('Close')
    await mine.decide('Close the incident', {
      'Root cause': 'A supplier changed a unit.',
      'What was learnt': 'Ranges are checked on arrival.',
    })
    await page.getByText('Closed', { exact: true }).first().waitFor()
  })

  it('a key is issued, and revoked at once', async () => {
    const { page } = mine
    await mine.goTo('API keys', 'API keys')
    await mine.open('Issue a key')
    await mine.answer('Issue', { Service: 'scoring-pipeline' })
    const secret = await page.getByRole('dialog').locator('pre').innerText()
    await mine.leave()
    await record(dashboard.annal, secret, [systemRegistered('churn')])
    await mine.tabTo('Revoke: scoring-pipeline')
    await mine.press('Enter')
    await expect.poll(() => mine.focused()).toBe('Revoke at once, for good: scoring-pipeline')
    await mine.press('Enter')
    await page.getByRole('listitem').filter({ hasText: 'scoring-pipeline' }).getByText('Revoked', { exact: true }).waitFor()
    await expect(record(dashboard.annal, secret, [systemRegistered('churn')])).rejects.toThrow('401')
  })

  it('an evidence pack is exported and downloaded', async () => {
    const { page } = mine
    await mine.goTo('evidence', 'Evidence')
    await mine.open('Export evidence')
    await mine.tabTo('Find: System')
    await mine.type('credit')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /credit.scoring/ })
      .waitFor()
    await mine.press('Enter')
    await expect.poll(() => mine.focused(), { timeout: 30_000 }).toMatch(/^Choose another/)
    await mine.answer('Export', { Purpose: 'A question of the supervisory authority' })
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Download' }).waitFor({ timeout: 60_000 })
    await mine.tabTo('Download')
    const [file] = await Promise.all([page.waitForEvent('download'), mine.press('Enter')])
    expect(file.suggestedFilename()).toMatch(/\.zip$/)
    expect(dashboard.complaints).toEqual([])
  })
})
