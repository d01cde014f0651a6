import { describe, expect, it } from 'vitest'
import { shownColumns } from './shown-columns.ts'

const known = ['recorded', 'type', 'summary', 'about', 'actor', 'occurred']

describe('the columns shown', () => {
  it('are the link’s before the reader’s before the page’s', () => {
    expect(shownColumns('occurred,type', ['actor'], 'wide', known)).toEqual(['type', 'occurred'])
    expect(shownColumns(undefined, ['actor'], 'wide', known)).toEqual(['actor'])
    expect(shownColumns(undefined, null, 'wide', known)).toEqual(['recorded', 'type', 'summary', 'about', 'actor'])
    expect(shownColumns(undefined, null, 'middle', known)).toEqual(['recorded', 'type', 'summary', 'actor'])
    expect(shownColumns(undefined, null, 'narrow', known)).toEqual(['recorded', 'type', 'summary'])
  })

  it('are never none', () => {
    expect(shownColumns('nonsense', null, 'wide', known)).toEqual(['recorded', 'type', 'summary', 'about', 'actor'])
  })
})
