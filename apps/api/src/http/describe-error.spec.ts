import { AppendTooLarge, AppendUncertain, StoreFull, StoreUnavailable } from '@annal/ledger'
import { describe, expect, it } from 'vitest'
import { describeError } from './describe-error.ts'

describe('what a caller is told of an error', () => {
  it.each([
    [new StoreFull('the disk'), 'STORE_FULL'],
    [new StoreUnavailable('the network'), 'STORE_UNAVAILABLE'],
    [new AppendTooLarge('the limit'), 'APPEND_TOO_LARGE'],
  ])('of a store that took nothing, that nothing was recorded: %s', (error, code) => {
    const told = describeError(error)
    expect(told).toMatchObject({ code, message: expect.stringContaining('Nothing was recorded') })
    expect(told.message).not.toContain(error.message)
  })

  it('of a store that fell silent, that it is uncertain, and that sending again is safe', () => {
    expect(describeError(new AppendUncertain('silence'))).toMatchObject({
      code: 'APPEND_UNCERTAIN',
      message: expect.stringContaining('once'),
    })
  })

  it('of what nobody foresaw, nothing that could give something away', () => {
    expect(JSON.stringify(describeError(new Error('password=hunter2')))).not.toContain('hunter2')
  })
})
