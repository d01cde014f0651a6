import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StoreCorrupt } from '../../event-store.ts'
import { temporaryFolders } from '../../sqlite/temporary-folder.ts'
import { SortedLines } from './sorted-lines.ts'

interface Line {
  readonly size: number
  readonly text: string
}

const folder = temporaryFolders()
const asLine = (value: unknown) => (typeof value === 'object' && value !== null && 'size' in value ? (value as Line) : null)
const linesIn = (path: string) => new SortedLines<Line>(path, asLine)

test('finds every line by its size, whatever the sizes and lengths', () => {
  const line = fc.record({ step: fc.integer({ min: 0, max: 3 }), text: fc.string({ maxLength: 9_000 }) })
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (drawn) => {
      const path = join(folder(), 'lines.jsonl')
      const lines = linesIn(path)
      let size = 0
      const all = drawn.map(({ step, text }) => {
        size += step
        return { size, text }
      })
      for (const value of all) lines.append(value)
      expect(lines.newest()).toEqual(all.at(-1) ?? null)
      for (let at = 0; at <= size + 1; at++) {
        expect(lines.of(at)).toEqual(all.filter((value) => value.size === at))
        const older = all.filter((value) => value.size < at).reverse()
        expect(lines.before(at, 3)).toEqual(older.slice(0, 3))
        expect(lines.lastWhere((value) => value.size < at)).toEqual(older[0] ?? null)
      }
    }),
    { numRuns: 25, interruptAfterTimeLimit: 3_000 },
  )
})

test('a line that a crash cut short never was', () => {
  const path = join(folder(), 'lines.jsonl')
  const lines = linesIn(path)
  lines.append({ size: 1, text: 'a' })
  appendFileSync(path, '{"size":2,"te')
  expect(lines.newest()).toEqual({ size: 1, text: 'a' })
  lines.append({ size: 3, text: 'c' })
  expect(readFileSync(path, 'utf8')).toBe('{"size":1,"text":"a"}\n{"size":3,"text":"c"}\n')
})

test('a line that is none is no silence', () => {
  const path = join(folder(), 'lines.jsonl')
  appendFileSync(path, 'nonsense\n')
  expect(() => linesIn(path).newest()).toThrow(StoreCorrupt)
})
