import { closeSync, existsSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { StoreCorrupt } from '../../event-store.ts'
import { syncFolder } from '../tiles/log-files.ts'

const BLOCK = 4096
const LINE_END = 10

interface Line<Value> {
  readonly value: Value
  /** Byte of the file. */
  readonly start: number
  /** Behind the line end. */
  readonly end: number
}

/**
 * A file of JSON lines that only grows, and in which `size` never decreases: so that a line is found by halving the file, however long
 * it has become.
 */
export class SortedLines<Value extends { readonly size: number }> {
  readonly #path: string
  readonly #parse: (value: unknown) => Value | null

  /** @param parse null for what is no such line. */
  constructor(path: string, parse: (value: unknown) => Value | null) {
    this.#path = path
    this.#parse = parse
  }

  /** Durable on return. A line that a crash cut short was never shown to anybody: it is cut off first. */
  append(value: Value): void {
    const isNew = !existsSync(this.#path)
    const file = openSync(this.#path, isNew ? 'wx+' : 'r+', 0o600)
    try {
      const end = this.#wholeLength(file)
      ftruncateSync(file, end)
      const bytes = Buffer.from(`${JSON.stringify(value)}\n`)
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, end + done)
      fdatasyncSync(file)
    } finally {
      closeSync(file)
    }
    if (isNew) syncFolder(dirname(this.#path))
  }

  newest(): Value | null {
    return this.end().newest
  }

  /** How many bytes of whole lines there are, and the last of them. */
  end(): { readonly length: number; readonly newest: Value | null } {
    return this.#reading((file, length) => ({ length, newest: length === 0 ? null : this.#lineBefore(file, length).value }), {
      length: 0,
      newest: null,
    })
  }

  /** All lines of this size, in their order. */
  of(size: number): Value[] {
    return this.#reading((file, length) => {
      const found: Value[] = []
      for (let at = this.#firstFrom(file, length, size); at < length; ) {
        const line = this.#lineAt(file, at)
        if (line.value.size !== size) break
        found.push(line.value)
        at = line.end
      }
      return found
    }, [])
  }

  /** At most `limit` lines of a smaller size, newest first; of all sizes when `size` is null. */
  before(size: number | null, limit: number): Value[] {
    return this.#reading((file, length) => {
      const found: Value[] = []
      let end = size === null ? length : this.#firstFrom(file, length, size)
      while (end > 0 && found.length < limit) {
        const line = this.#lineBefore(file, end)
        found.push(line.value)
        end = line.start
      }
      return found
    }, [])
  }

  /** The last line for which `isBefore` holds, where it holds for all lines up to some place and for none behind it. */
  lastWhere(isBefore: (value: Value) => boolean): Value | null {
    return this.#reading((file, length) => {
      const end = this.#partition(file, length, (value) => isBefore(value))
      return end === 0 ? null : this.#lineBefore(file, end).value
    }, null)
  }

  #firstFrom(file: number, length: number, size: number): number {
    return this.#partition(file, length, (value) => value.size < size)
  }

  /** Where the first line begins for which `isBefore` doesn't hold. */
  #partition(file: number, length: number, isBefore: (value: Value) => boolean): number {
    let low = 0
    let high = length
    while (low < high) {
      const line = this.#lineAround(file, Math.floor((low + high) / 2))
      if (isBefore(line.value)) low = line.end
      else high = line.start
    }
    return low
  }

  #reading<Result>(read: (file: number, length: number) => Result, none: Result): Result {
    if (!existsSync(this.#path)) return none
    const file = openSync(this.#path, 'r')
    try {
      return read(file, this.#wholeLength(file))
    } finally {
      closeSync(file)
    }
  }

  /** Without what stands behind the last line end. */
  #wholeLength(file: number): number {
    const length = fstatSync(file).size
    for (let end = length; end > 0; ) {
      const start = Math.max(0, end - BLOCK)
      const at = readAt(file, start, end - start).lastIndexOf(LINE_END)
      if (at >= 0) return start + at + 1
      end = start
    }
    return 0
  }

  #lineAround(file: number, at: number): Line<Value> {
    return this.#lineAt(file, lineStart(file, at))
  }

  #lineBefore(file: number, end: number): Line<Value> {
    return this.#lineAt(file, lineStart(file, end - 1))
  }

  #lineAt(file: number, start: number): Line<Value> {
    for (let length = BLOCK; ; length *= 4) {
      const bytes = readAt(file, start, length)
      const at = bytes.indexOf(LINE_END)
      if (at >= 0) return { value: this.#parsed(bytes.toString('utf8', 0, at), start), start, end: start + at + 1 }
      if (bytes.length < length) throw new StoreCorrupt(`${this.#path}: expected a line at byte ${start}, found none`)
    }
  }

  #parsed(text: string, at: number): Value {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch (error) {
      throw new StoreCorrupt(`${this.#path}: expected JSON at byte ${at}, found something else`, { cause: error })
    }
    const parsed = this.#parse(value)
    if (parsed === null) throw new StoreCorrupt(`${this.#path}: expected a line of this file at byte ${at}, found another`)
    return parsed
  }
}

/** Where the line begins that holds this byte. */
function lineStart(file: number, at: number): number {
  for (let end = at; end > 0; ) {
    const start = Math.max(0, end - BLOCK)
    const found = readAt(file, start, end - start).lastIndexOf(LINE_END)
    if (found >= 0) return start + found + 1
    end = start
  }
  return 0
}

function readAt(file: number, at: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length)
  return bytes.subarray(0, readSync(file, bytes, 0, length, at))
}
