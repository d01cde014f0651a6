import { expect, it } from 'vitest'
import { csvOf } from './csv.ts'

it('quotes what must be quoted and defuses what a spreadsheet would run', () => {
  const rows = ['plain', 'a "b", c', 'two\nlines', '=1+1', '-3.5', '@x']
  expect(csvOf(rows, [{ title: 'Name', text: (row) => row }])).toBe(
    `Name\r\nplain\r\n"a ""b"", c"\r\n"two\nlines"\r\n'=1+1\r\n-3.5\r\n'@x\r\n`,
  )
})
