import { expect, it } from 'vitest'
import { csvOf } from './csv.ts'

it('quotes what must be quoted and defuses what a spreadsheet would run', () => {
  const rows = ['plain', 'a "b", c', 'two\nlines', '=1+1', '-3.5', '@x']
  expect(csvOf(rows, [{ title: 'Name', text: (row) => row }])).toBe(
    `Name\r\nplain\r\n"a ""b"", c"\r\n"two\nlines"\r\n'=1+1\r\n-3.5\r\n'@x\r\n`,
  )
})

it.each(['a;=1+1', 'a;"=1+1', 'a\n=1+1;', '\n@x', 'a\t+1', '＝1+1'])(
  'leaves no formula where a semicolon, a tab or a line begins a cell: %j',
  (text) => {
    const [, row = ''] = csvOf([text], [{ title: 'Name', text: (row) => row }]).split(/\r\n(.*)/s)
    expect(row).not.toMatch(/(^|[;\t\r\n])"*[=+\-@＝]/)
  },
)
