import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { type AnnalOptions, AnnalProcess } from '../kit/annal-process.ts'
import { findChromium } from './find-chromium.ts'

const page = resolve(import.meta.dirname, '../../apps/web/dist/index.html')
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** What the browser says of the answer that a day of the past is still being read. The page asks again. */
export const STILL_READING = 'Failed to load resource: the server responded with a status of 503 (Service Unavailable)'

export interface Look {
  readonly width?: number
  readonly height?: number
  readonly theme?: 'light' | 'dark'
}

/** A running server and a browser that is signed in to it. Whatever a page complains of in its console fails the test that reads `complaints`. */
export class Dashboard {
  readonly complaints: string[] = []
  private other: Browser | null = null

  private constructor(
    readonly annal: AnnalProcess,
    readonly workspace: string,
    private readonly context: BrowserContext,
    private readonly profile: string,
  ) {}

  static async open(options: Pick<AnnalOptions, 'environment' | 'shared'> = {}): Promise<Dashboard> {
    if (!existsSync(page)) throw new Error('The dashboard is not built: run `npm run build` before the browser tests.')
    const annal = await AnnalProcess.start(options)
    const profile = mkdtempSync(join(tmpdir(), 'annal-browser-'))
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: findChromium(),
      headless: true,
      args: ARGUMENTS,
      acceptDownloads: true,
      reducedMotion: 'reduce',
      timezoneId: 'Europe/Berlin',
      locale: 'en-GB',
    })
    const { cookie, workspace } = await annal.signIn()
    const dashboard = new Dashboard(annal, workspace, context, profile)
    await dashboard.signInWith(cookie)
    return dashboard
  }

  /** Keeps the rest of a test from waiting for what a page never shows. */
  async page({ width = 1440, height = 900, theme = 'light' }: Look = {}): Promise<Page> {
    const page = await this.context.newPage()
    page.setDefaultTimeout(30_000)
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text())
    })
    page.on('pageerror', (error) => this.complaints.push(error.message))
    return page
  }

  /** Any page of the workspace, loaded as far as its heading. */
  async room(path: string, heading: string | RegExp, look: Look = {}): Promise<Page> {
    const page = await this.page(look)
    await page.goto(`${this.url}${path}`)
    await page.getByRole('heading', { level: 1, name: heading }).waitFor()
    return page
  }

  /** Somebody else at another machine: a browser of their own, signed in by a link. */
  async another(link: string): Promise<Page> {
    this.other ??= await chromium.launch({ executablePath: findChromium(), headless: true, args: ARGUMENTS })
    const context = await this.other.newContext({ reducedMotion: 'reduce', timezoneId: 'Europe/Berlin', locale: 'en-GB' })
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto(link)
    return page
  }

  /** The audit trail, loaded. */
  async trail(path = '', look: Look = {}): Promise<Page> {
    const page = await this.page(look)
    await page.goto(`${this.trailUrl}${path}`)
    await page.getByRole('heading', { name: 'Audit trail' }).waitFor()
    return page
  }

  get url(): string {
    return `${this.annal.url}/w/${this.workspace}`
  }

  get trailUrl(): string {
    return `${this.url}/events`
  }

  async signInWith(cookie: string): Promise<void> {
    const [name = '', value = ''] = cookie.split('=')
    await this.context.addCookies([{ name, value, url: this.annal.url, httpOnly: true, sameSite: 'Strict' }])
  }

  async signedOut(): Promise<void> {
    await this.context.clearCookies()
  }

  async allowClipboard(): Promise<void> {
    await this.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: this.annal.url })
  }

  async close(): Promise<void> {
    await this.other?.close()
    await this.context.close()
    rmSync(this.profile, { recursive: true, force: true })
    await this.annal.stop()
  }
}
