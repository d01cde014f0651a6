import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { parseLogName } from '../log-name.ts'
import { syncFolder } from '../tiles/log-files.ts'

const SIZES_A_FOLDER = 100_000
const DIGITS = 16
const HEAD = /^[0-9]{16}\.checkpoint$/
const PART = /^[0-9]{11}$/

/**
 * Signed heads outside the data folder, in a folder or an append-only bucket mounted there: `<log>/<size / 100,000>/<size>.checkpoint`, a
 * file for each, never changed. Whoever holds a copy can prove that the log went back.
 */
export class PublishFolder {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** The logs that have heads here. */
  logs(): string[] {
    return existsSync(this.#folder) ? readdirSync(this.#folder).filter((name) => parseLogName(name) !== null) : []
  }

  /** Durable on return. @throws when another head of this size stands there. */
  publish(log: string, size: number, note: string): void {
    const folder = join(this.#folder, log, String(Math.floor(size / SIZES_A_FOLDER)).padStart(DIGITS - 5, '0'))
    this.#makeFolder(log, folder)
    const path = join(folder, `${String(size).padStart(DIGITS, '0')}.checkpoint`)
    if (existsSync(path)) {
      const there = readFileSync(path, 'utf8')
      if (there === note) return
      // A crash may have left the beginning of this very note.
      if (!note.startsWith(there)) throw new Error(`${path}: expected no other head of size ${size}, found one`)
    }
    const file = openSync(path, 'w', 0o644)
    try {
      writeSync(file, note)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    syncFolder(folder)
  }

  /** The note with the greatest size, or null. */
  newest(log: string): string | null {
    const folder = join(this.#folder, log)
    const parts = existsSync(folder) ? readdirSync(folder).filter((name) => PART.test(name)) : []
    for (const part of parts.sort().reverse()) {
      const heads = readdirSync(join(folder, part)).filter((name) => HEAD.test(name))
      for (const head of heads.sort().reverse()) {
        const note = readFileSync(join(folder, part, head), 'utf8')
        // A crash may have cut the last one short: it was never shown to anybody.
        if (note.endsWith('\n')) return note
      }
    }
    return null
  }

  #makeFolder(log: string, folder: string): void {
    if (existsSync(folder)) return
    mkdirSync(folder, { recursive: true })
    syncFolder(join(this.#folder, log))
    syncFolder(this.#folder)
  }
}
