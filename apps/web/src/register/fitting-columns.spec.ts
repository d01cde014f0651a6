import { describe, expect, it } from 'vitest'
import { fittingColumns } from './fitting-columns.ts'
import type { RegisterColumn } from './register.ts'

function column(id: string, from: RegisterColumn<never>['from'], width: number | null = 100): RegisterColumn<never> {
  return { id, title: id, width, from, cell: () => null, text: () => '' }
}

const columns = [
  column('name', 'always', null),
  column('owner', 'wide'),
  column('status', 'always'),
  column('since', 'middle'),
  column('id', 'asked'),
]

describe('the columns of a list', () => {
  it.each([
    [300, ['name', 'status']],
    [424, ['name', 'status', 'since']],
    [523, ['name', 'status', 'since']],
    [524, ['name', 'owner', 'status', 'since']],
    [2_000, ['name', 'owner', 'status', 'since']],
  ])('in %i pixels are %j', (width, shown) => expect(fittingColumns(columns, width)).toEqual(shown))

  it('are the smaller one where the larger has no room', () => {
    expect(fittingColumns([column('name', 'always', null), column('large', 'middle', 300), column('small', 'middle')], 324)).toEqual([
      'name',
      'small',
    ])
  })
})
