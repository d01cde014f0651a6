import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Dashboard } from './dashboard.ts'
import { record, systemRegistered } from './sample-events.ts'

describe('signing in', () => {
  let dashboard: Dashboard
  beforeAll(async () => {
    dashboard = await Dashboard.open()
  })
  afterAll(() => dashboard?.close())

  it('takes the link once, forgets its token and opens the overview', async () => {
    await dashboard.signedOut()
    const link = await dashboard.annal.signInLink()
    const page = await dashboard.page()
    await page.goto(link)
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
    expect(page.url()).toBe(dashboard.url)

    await page.goto(link)
    await page.getByText('This link was used before or has expired.').waitFor()
    expect(page.url()).not.toContain('#')
    expect(await page.getByText('npm run annal -- sign-in-link').isVisible()).toBe(true)
    expect(await page.getByText('ANNAL_DATA=sample-data').isVisible()).toBe(true)

    // Opened twice, as mail programs and people do, the link has signed in here.
    await page.getByRole('link', { name: 'Open the dashboard' }).click()
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
    await page.goto(link)
    await page.getByText('This link was used before or has expired.').waitFor()

    // In the same tab, where only the fragment changes.
    await page.goto(await dashboard.annal.signInLink())
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
    expect(page.url()).toBe(dashboard.url)
    await page.close()
  })

  it('leads back to where the reader wanted to go', async () => {
    await dashboard.signedOut()
    const page = await dashboard.page()
    await page.goto(`${dashboard.trailUrl}?q=type:BiasAudited`)
    await page.getByRole('heading', { name: 'Sign in to Annal' }).waitFor()
    const token = new URL(await dashboard.annal.signInLink()).hash
    const waiting = new URL(page.url())
    expect(waiting.searchParams.get('next')).toContain('type:BiasAudited')
    await page.goto('about:blank')
    await page.goto(`${waiting.href}${token}`)
    await page.getByRole('heading', { name: 'Audit trail' }).waitFor()
    expect(page.url()).toBe(`${dashboard.trailUrl}?q=type:BiasAudited`)
    await page.close()
  })

  it('says what to do when the event store can’t be reached', async () => {
    const page = await dashboard.page()
    await page.route('**/session', (route) =>
      route.fulfill({
        status: 503,
        json: { error: { code: 'STORE_UNAVAILABLE', message: 'no', correlationId: '0190f3b2-7c1e-7aa0-9d5e-3f1c2b4a5d6e' } },
      }),
    )
    await page.goto(`${dashboard.annal.url}/sign-in#some-token`)
    await page.getByText('The server can’t reach its event store.').waitFor()
    expect(await page.getByText('0190f3b2-7c1e-7aa0-9d5e-3f1c2b4a5d6e').isVisible()).toBe(true)
    expect(await page.getByRole('button', { name: 'Try again' }).isVisible()).toBe(true)
    await page.close()
  })

  it('says of a decision that met the end of the session that it recorded nothing', async () => {
    await record(dashboard.annal, await dashboard.annal.key('service'), [systemRegistered('credit-scoring')])
    await dashboard.signInWith((await dashboard.annal.signIn()).cookie)
    const page = await dashboard.room('/legal-holds', 'Legal holds')
    const dialog = page.getByRole('dialog')
    await page.getByRole('button', { name: 'Place a hold on systems' }).click()
    await dialog.getByRole('button', { name: 'credit scoring' }).click()
    await dialog.getByRole('textbox', { name: 'Matter' }).fill('Inquiry 2026/7')
    await dashboard.signedOut()
    await dialog.getByRole('button', { name: 'Place the hold' }).click()
    await page.getByText('Nothing was recorded by this attempt').waitFor()
    expect(await page.getByText('It is not known').count()).toBe(0)
    // What was typed is still there for whoever signs in again.
    expect(await dialog.getByRole('textbox', { name: 'Matter' }).inputValue()).toBe('Inquiry 2026/7')
    await dashboard.signInWith((await dashboard.annal.signIn()).cookie)
    await dialog.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('Recorded', { exact: true }).first().waitFor()
    await page.close()
  })

  it('signs out: the session is over at the server too', async () => {
    const { cookie } = await dashboard.annal.signIn()
    await dashboard.signInWith(cookie)
    const page = await dashboard.trail()
    await page.getByRole('button', { name: 'You and settings' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in to Annal' }).waitFor()
    const answer = await fetch(`${dashboard.annal.url}/graphql`, {
      method: 'POST',
      headers: { cookie, origin: dashboard.annal.url, 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ viewer { id } }' }),
    })
    expect(answer.status).toBe(401)
    await page.close()
  })

  it('shows nothing of another workspace', async () => {
    const { cookie } = await dashboard.annal.signIn()
    await dashboard.signInWith(cookie)
    const page = await dashboard.page()
    await page.goto(`${dashboard.annal.url}/w/ws_other/events`)
    await page.getByRole('heading', { name: 'You have no access to the workspace ws_other' }).waitFor()
    await page.close()
  })
})
