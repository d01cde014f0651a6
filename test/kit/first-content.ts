import { chromium } from 'playwright-core'
import { findChromium } from '../browser/find-chromium.ts'

export interface FirstContentPage {
  readonly url: string
  /** Of a session, as a browser sends it. */
  readonly cookie: string
  /** What must be seen on the page, as a CSS selector. */
  readonly content: string
}

const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync']
const PATIENCE = 30_000

/** From the beginning of the navigation until the content is in the page, in ms: in a browser with nothing cached, once for each run. */
export async function firstContent({ url, cookie, content }: FirstContentPage, runs: number): Promise<number[]> {
  const browser = await chromium.launch({ executablePath: findChromium(), headless: true, args: ARGUMENTS })
  const times: number[] = []
  try {
    for (let run = 0; run < runs; run++) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
      const [name = '', value = ''] = cookie.split('=')
      await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Strict' }])
      const page = await context.newPage()
      await page.goto(url, { waitUntil: 'commit' })
      await page.locator(content).first().waitFor({ timeout: PATIENCE })
      times.push(await page.evaluate<number>('performance.now()'))
      await context.close()
    }
  } finally {
    await browser.close()
  }
  return times
}
