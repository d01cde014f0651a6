// Takes the pictures of docs/screenshots from a running sample organisation (`npm start`):
//   node test/browser/take-screenshots.ts <the sign-in link that it printed>
import { mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { findChromium } from './find-chromium.ts'

const folder = resolve(import.meta.dirname, '../../docs/screenshots')
const [link] = process.argv.slice(2)
if (link === undefined) throw new Error('Give the sign-in link that `npm start` printed.')
const { origin } = new URL(link)

interface Picture {
  readonly name: string
  /** Behind the workspace's path, or a whole path that begins with `//`. */
  readonly path: string
  readonly dark?: boolean
  readonly narrow?: boolean
  readonly show?: (page: Page) => Promise<void>
}

const PICTURES: readonly Picture[] = [
  { name: 'overview', path: '' },
  { name: 'overview-dark', path: '', dark: true },
  { name: 'overview-narrow', path: '', narrow: true },
  { name: 'systems', path: '/systems' },
  { name: 'system', path: '/systems/credit-scoring', show: (page) => page.getByRole('heading', { name: 'Timeline' }).waitFor() },
  { name: 'incident', path: '/incidents?q=severity:high', show: openFirst },
  { name: 'incident-narrow', path: '/incidents?q=severity:high', narrow: true, show: openFirst },
  { name: 'approvals', path: '/approvals' },
  { name: 'event-dark', path: '/events?q=type:BiasAudited', dark: true, show: openEvent },
  { name: 'evidence', path: '/evidence', show: exportPack },
  { name: 'verify', path: '//verify', show: verifyPack },
  { name: 'ledger', path: '/ledger' },
  { name: 'as-of', path: '?asOf=2026-03-31T21:59:59.999Z' },
  { name: 'compare', path: '/systems?asOf=2026-03-31T21:59:59.999Z&with=2026-08-31T21:59:59.999Z' },
  { name: 'as-of-dark-narrow', path: '?asOf=2026-03-31T21:59:59.999Z', dark: true, narrow: true },
]

async function openFirst(page: Page): Promise<void> {
  await page.locator('[data-row] a, article a').first().click()
  await page.getByRole('heading', { name: 'Timeline' }).waitFor()
}

async function openEvent(page: Page): Promise<void> {
  await page.locator('tbody tr[data-event]').first().click()
  await page.getByRole('dialog').getByText('Protected attribute').waitFor()
}

let pack = { name: '', mimeType: 'application/zip', buffer: Buffer.alloc(0) }

async function exportPack(page: Page): Promise<void> {
  const download = page.getByRole('link', { name: 'Download' }).first()
  if ((await download.count()) === 0) {
    const dialog = page.getByRole('dialog')
    await page.getByRole('button', { name: 'Export evidence' }).click()
    await dialog.getByRole('textbox', { name: 'Find: System' }).fill('credit')
    await dialog.getByRole('button', { name: /^Credit/ }).click()
    await dialog.getByRole('textbox', { name: 'Purpose' }).fill('A question of the supervisory authority')
    await dialog.getByRole('button', { name: 'Export', exact: true }).click()
  }
  await download.waitFor({ timeout: 120_000 })
  const [file] = await Promise.all([page.waitForEvent('download'), download.click()])
  pack = { ...pack, name: file.suggestedFilename(), buffer: readFileSync(await file.path()) }
}

async function verifyPack(page: Page): Promise<void> {
  await page.getByLabel('Evidence pack').setInputFiles(pack)
  await page.locator('[data-question]').first().waitFor({ timeout: 60_000 })
  await page.locator('[data-question]').last().scrollIntoViewIfNeeded()
}

/** Nothing is on its way any more. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
  await page.evaluate('document.fonts.ready')
}

mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({ executablePath: findChromium(), headless: true, args: ['--no-sandbox', '--disable-gpu'] })
const context = await browser.newContext({ reducedMotion: 'reduce', timezoneId: 'Europe/Berlin', locale: 'en-GB' })
const page = await context.newPage()
await page.goto(link)
await page.waitForURL(/\/w\//)
const home = page.url()
for (const { name, path, dark = false, narrow = false, show } of PICTURES) {
  await page.setViewportSize(narrow ? { width: 390, height: 844 } : { width: 1440, height: 900 })
  await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' })
  await page.goto(path.startsWith('//') ? `${origin}${path.slice(1)}` : `${home}${path}`)
  await settled(page)
  await show?.(page)
  await settled(page)
  await page.mouse.move(0, 0)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  console.log(`${name}.png`)
}
await browser.close()
