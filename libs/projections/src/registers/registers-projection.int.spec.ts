import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RegisterFolder } from './register-fixtures.contract.ts'
import { records } from './register-histories.contract.ts'

describe('the registers', () => {
  test('show the same, however the record is cut into batches', async () => {
    await fc.assert(
      fc.asyncProperty(records, fc.array(fc.nat({ max: 60 }), { maxLength: 12 }), async (record, cuts) => {
        const whole = await new RegisterFolder().show(record)
        const parts = await new RegisterFolder().show(record, cuts)
        try {
          expect(await parts.rows()).toEqual(await whole.rows())
        } finally {
          await whole.close()
          await parts.close()
        }
      }),
      { numRuns: 25 },
    )
  })
})
