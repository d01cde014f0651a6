import { describe, expect, it } from 'vitest'
import { shownColumns } from './shown-columns.ts'

const known = ['recorded', 'type', 'summary', 'about', 'actor', 'occurred']

describe('the columns shown', () => {
  it('are the link’s before the reader’s before the page’s', () => {
    expect(shownColumns('occurred,type', ['actor'], true, known)).toEqual(['type', 'occurred'])
    expect(shownColumns(undefined, ['actor'], true, known)).toEqual(['actor'])
    expect(shownColumns(undefined, null, true, known)).toEqual(['recorded', 'type', 'summary', 'about', 'actor'])
    expect(shownColumns(undefined, null, false, known)).toEqual(['recorded', 'type', 'summary', 'actor'])
  })

  it('are never none', () => {
    expect(shownColumns('nonsense', null, true, known)).toEqual(['recorded', 'type', 'summary', 'about', 'actor'])
  })
})
