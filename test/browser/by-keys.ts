import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** What the focused element is called, much as assistive technology says it. */
const FOCUSED = `(() => {
  const element = document.activeElement
  if (!element || element === document.body) return ''
  return (element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent ?? '').trim()
})()`
const MOST_STOPS = 120
const PATIENT = { timeout: 10_000 }

/** The dashboard as somebody uses it who has no pointer: every step is a key. */
export class ByKeys {
  constructor(readonly page: Page) {}

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key)
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text)
  }

  focused(): Promise<string> {
    return this.page.evaluate<string>(FOCUSED)
  }

  /** Goes by the command palette to the page whose heading is given. */
  async goTo(words: string, heading: string | RegExp): Promise<void> {
    await this.press('Control+k')
    await this.page.getByRole('dialog', { name: 'Commands' }).waitFor()
    await this.type(words)
    await this.page.getByRole('option').first().waitFor()
    await expect.poll(() => this.page.locator('[cmdk-item][data-selected=true]').innerText(), PATIENT).toMatch(new RegExp(words, 'i'))
    await this.press('Enter')
    await this.page.getByRole('heading', { level: 1, name: heading }).waitFor()
  }

  /** Tabs until what has the focus is called so. */
  async tabTo(name: string): Promise<void> {
    for (let stops = 0; stops < MOST_STOPS; stops++) {
      if ((await this.focused()).startsWith(name)) return
      await this.press('Tab')
    }
    throw new Error(`expected ${name} to be reached by Tab within ${MOST_STOPS} stops, found ${await this.focused()}`)
  }

  /** Opens what a button opens. */
  async open(button: string): Promise<void> {
    await this.page.getByRole('button', { name: button }).first().waitFor()
    await this.tabTo(button)
    await this.press('Enter')
    await this.page.getByRole('dialog').waitFor()
  }

  /** Fills the fields of the open form in their order, ticks what is answered with a space, and sends it. */
  async answer(act: string, answers: Readonly<Record<string, string>>): Promise<void> {
    for (const [field, text] of Object.entries(answers)) {
      await this.tabTo(field)
      if (text === ' ') await this.press('Space')
      else await this.type(text)
    }
    await this.tabTo(act)
    await this.press('Enter')
  }

  /** As `answer`, for a decision: waits for its receipt and leaves the form. */
  async decide(act: string, answers: Readonly<Record<string, string>>): Promise<void> {
    await this.answer(act, answers)
    await this.page
      .getByRole('dialog')
      .getByText(/^Recorded/)
      .first()
      .waitFor()
    await this.leave()
  }

  /** Done has the focus: Enter closes, and the focus is back in the page. */
  async leave(): Promise<void> {
    await expect.poll(() => this.focused(), PATIENT).toBe('Done')
    await this.press('Enter')
    await this.page.getByRole('dialog').waitFor({ state: 'detached' })
  }
}
