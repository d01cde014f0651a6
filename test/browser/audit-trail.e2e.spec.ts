import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Dashboard } from './dashboard.ts'
import { biasAudit, record, systemRegistered } from './sample-events.ts'

const AUDITS = 130

describe('the audit trail', () => {
  let dashboard: Dashboard
  let service: string
  const failed = biasAudit(7, false)

  beforeAll(async () => {
    dashboard = await Dashboard.open()
    service = await dashboard.annal.key('service')
    await record(dashboard.annal, service, [systemRegistered('credit-scoring'), systemRegistered('fraud-detection')])
    await record(
      dashboard.annal,
      service,
      Array.from({ length: AUDITS - 1 }, (_, n) => biasAudit((n % 6) + 1)),
    )
    await record(dashboard.annal, service, [failed])
  })
  afterAll(() => dashboard?.close())

  const rows = (page: Page) => page.locator('tbody tr[data-event]')
  const filter = (page: Page) => page.getByRole('combobox', { name: 'Filter events' })

  it('is filtered by typing, and the URL says so', async () => {
    const page = await dashboard.trail()
    await filter(page).fill('type:SystemRegistered fraud')
    await filter(page).press('Enter')
    await page.getByText('1 event', { exact: true }).waitFor()
    expect(await rows(page).count()).toBe(1)
    expect(page.url()).toBe(`${dashboard.trailUrl}?q=type:SystemRegistered+fraud`)
    await page.goBack()
    await expect.poll(() => rows(page).count()).toBeGreaterThan(10)
    await page.close()
  })

  it('is filtered by chips, which write the same line', async () => {
    const page = await dashboard.trail()
    await page.getByRole('button', { name: 'Type', exact: true }).click()
    await page.getByRole('checkbox', { name: 'System registered' }).check()
    await page.getByText('2 events', { exact: true }).waitFor()
    await page.keyboard.press('Escape')
    expect(await filter(page).inputValue()).toBe('type:SystemRegistered')

    await page.getByRole('button', { name: 'aisystem:fraud-detection' }).click()
    await page.getByText('1 event', { exact: true }).waitFor()
    expect(await filter(page).inputValue()).toBe('type:SystemRegistered about:aisystem:fraud-detection')

    await page.getByRole('button', { name: 'Remove the filter by type' }).click()
    await page.getByRole('button', { name: 'Remove the filter About aisystem:fraud-detection' }).click()
    await expect.poll(() => filter(page).inputValue()).toBe('')
    await page.close()
  })

  it('completes what is typed', async () => {
    const page = await dashboard.trail()
    await filter(page).fill('drift')
    await page.getByRole('option', { name: /type:DriftDetected/ }).waitFor()
    await filter(page).press('ArrowDown')
    await filter(page).press('Enter')
    expect(await filter(page).inputValue()).toBe('type:DriftDetected ')
    await page.close()
  })

  it('asks nothing while the filter can’t be read', async () => {
    const page = await dashboard.trail('?q=owner:ada')
    await page.getByText('Unknown key “owner:”').waitFor()
    expect(await page.getByRole('heading', { name: 'The filter can’t be read' }).isVisible()).toBe(true)
    expect(await rows(page).count()).toBe(0)
    await filter(page).fill('type:BiasAudit')
    await filter(page).press('Enter')
    await page.getByText('Did you mean type:BiasAudited?').waitFor()
    await page.close()
  })

  it('filters by time: nothing was recorded before it began', async () => {
    const page = await dashboard.trail('?q=recorded:..2020-12-31')
    await page.getByRole('heading', { name: 'No event matches' }).waitFor()
    await page.close()
  })

  it('is the one room that is told as the current one', async () => {
    const page = await dashboard.trail()
    const rooms = page.getByRole('navigation').locator('[aria-current="page"]')
    expect(await rooms.allInnerTexts()).toEqual(['Audit trail'])
    await page.close()
  })

  it('says on paper how many of the events it shows', async () => {
    const page = await dashboard.trail('?q=type:BiasAudited')
    await page.getByTestId('count').waitFor()
    const head = page.locator('header').filter({ hasText: 'Audit trail of' })
    await expect
      .poll(() => head.textContent())
      .toMatch(/Filter: type:BiasAudited · the first 100 of them · \d+ events in all · newest first/)
    await page.close()
  })

  it('turns around, and reads page after page to the end', async () => {
    const page = await dashboard.trail('?q=type:BiasAudited')
    await page.getByRole('columnheader', { name: 'Recorded' }).getByRole('button').click()
    await expect.poll(() => page.url()).toContain('sort=oldest')
    await expect.poll(() => page.getByRole('columnheader', { name: 'Recorded' }).getAttribute('aria-sort')).toBe('ascending')
    await rows(page).first().focus()
    const toTheEnd = async () => {
      await page.keyboard.press('End')
      return rows(page).last().getAttribute('data-event')
    }
    await expect.poll(toTheEnd, { timeout: 30_000 }).toBe(failed.id)
    await page.getByText('That is all that matches.').waitFor()
    expect(await rows(page).count()).toBeLessThan(AUDITS)
    await page.close()
  })

  it('shows other columns, denser, and the link carries it', async () => {
    const page = await dashboard.trail('?cols=recorded,summary,correlation&density=dense')
    await page.getByRole('columnheader').first().waitFor()
    const heads = await page.getByRole('columnheader').allInnerTexts()
    expect(heads.map((head) => head.trim()).filter(Boolean)).toEqual(['Selected', 'Recorded', 'What happened', 'Correlation'])
    expect((await rows(page).first().boundingBox())?.height).toBe(28)
    await page.close()
  })

  it('exports what is filtered, all of it', async () => {
    const page = await dashboard.trail('?q=type:BiasAudited')
    for (const [item, extension] of [
      ['CSV', 'csv'],
      ['JSON Lines', 'jsonl'],
    ] as const) {
      await page.getByRole('button', { name: 'Export' }).click()
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: item }).click()])
      expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${extension}$`))
      const lines = readFileSync(await download.path(), 'utf8')
        .trim()
        .split('\n')
      expect(lines.filter((line) => line.includes('BiasAudited'))).toHaveLength(AUDITS)
    }
    await page.close()
  })

  it('selects events and copies their references', async () => {
    await dashboard.allowClipboard()
    const page = await dashboard.trail('?q=type:SystemRegistered')
    await rows(page).first().hover()
    await rows(page).first().getByRole('checkbox').check()
    await page.getByText('1 selected').waitFor()
    await page.getByRole('button', { name: 'References' }).click()
    await expect
      .poll(() => page.evaluate('navigator.clipboard.readText()'))
      .toMatch(new RegExp(`^${dashboard.workspace}\\.aisystem-fraud-detection/`))
    await page.close()
  })

  it('says what happened when the events can’t be read, and reads them when asked again', async () => {
    const page = await dashboard.page()
    let broken = true
    await page.route('**/graphql', async (route) => {
      if (!broken || !route.request().postData()?.includes('TrailPage')) return route.fallback()
      await route.fulfill({
        status: 500,
        json: {
          errors: [
            {
              message: 'Something broke on our side.',
              extensions: { code: 'INTERNAL', correlationId: '0190f3b2-7c1e-7aa0-9d5e-3f1c2b4a5d6e' },
            },
          ],
          data: null,
        },
      })
    })
    await page.goto(dashboard.trailUrl)
    await page.getByRole('heading', { name: 'The events could not be read' }).waitFor()
    expect(await page.getByText('0190f3b2-7c1e-7aa0-9d5e-3f1c2b4a5d6e').isVisible()).toBe(true)
    broken = false
    await page.getByRole('button', { name: 'Try again' }).click()
    await rows(page).first().waitFor()
    await page.close()
  })
})

describe('a record in which nothing has happened yet', () => {
  it('teaches the first step with a command that works', async () => {
    const dashboard = await Dashboard.open()
    try {
      const page = await dashboard.trail()
      await page.getByRole('heading', { name: 'Record your first event' }).waitFor()
      await page.getByRole('heading', { name: /^2\./ }).waitFor()
      const command = await page.locator('pre').last().innerText()
      const [, url = '', body = ''] = /curl -sS (\S+) [\s\S]*--data-binary '([\s\S]*)'$/.exec(command) ?? []
      const key = await dashboard.annal.key('service')
      const answer = await fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body,
      })
      expect(await answer.text()).toContain('"position"')
      // The key is new too, and may come before the event does.
      const fresh = page.getByRole('button', { name: /new$/ })
      const registered = page.getByText('System registered').first()
      for (let tries = 0; tries < 3 && !(await registered.isVisible()); tries++) {
        await fresh.or(registered).first().waitFor()
        if (await fresh.isVisible()) await fresh.click()
      }
      await registered.waitFor()
      await page.close()
    } finally {
      await dashboard.close()
    }
  })
})
