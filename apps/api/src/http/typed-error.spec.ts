import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { errorStatus } from './typed-error.ts'

const page = readFileSync(new URL('../../../../docs/emit.md', import.meta.url), 'utf8')
const rows = page.split('\n').filter((line) => line.startsWith('| '))

describe('the errors of the API', () => {
  test.each(Object.entries(errorStatus))('%s is documented with its status', (code, status) => {
    expect(rows.filter((row) => row.includes(`\`${code}\``))).toEqual([expect.stringMatching(`^\\| [^|]*${status}`)])
  })
})
