import { findChromium } from './find-chromium.ts'

/** Before the first test in a browser, once: files that run side by side would install Chromium into each other's way. */
export function setup(): void {
  try {
    findChromium()
  } catch {
    // Every test in a browser says itself what to do.
  }
}
