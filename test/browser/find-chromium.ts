import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/**
 * Where Chromium is: `CHROMIUM_PATH`, or on the PATH, or from Debian's package, which is installed where that needs no password.
 * @throws with one sentence that says what to do.
 */
export function findChromium(): string {
  const named = process.env.CHROMIUM_PATH
  if (named !== undefined && named !== '') {
    if (isExecutable(named)) return named
    throw new Error(`CHROMIUM_PATH names ${named}, where no program is: let it name Chromium's or remove it.`)
  }
  const found = onPath()
  if (found !== null) return found
  installFromDebian()
  const installed = onPath()
  if (installed !== null) return installed
  throw new Error('The browser tests need Chromium: install it (on Debian: apt-get install chromium) or let CHROMIUM_PATH name it.')
}

function onPath(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter)
  for (const name of NAMES) {
    for (const folder of folders) {
      const path = join(folder, name)
      if (isExecutable(path)) return path
    }
  }
  return null
}

function installFromDebian(): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  console.warn('Chromium is missing: installing the package of this system for the browser tests.')
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const words of [['update'], ['install', '--yes', '--no-install-recommends', 'chromium']]) {
    spawnSync('/usr/bin/apt-get', words, { env: environment, stdio: ['ignore', 'ignore', 'inherit'], timeout: 240_000 })
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false // Whatever the reason, it can't be run.
  }
}
