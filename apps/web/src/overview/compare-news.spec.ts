import { expect, test } from 'vitest'
import { compareNews } from './compare-news.ts'
import type { BadNews } from './overview-documents.ts'

function news(event: string, kind: BadNews['kind'] = 'OPEN_INCIDENT', thing = `incident:${event}`): BadNews {
  const since = '2026-05-01T00:00:00.000Z'
  return { kind, severity: 50, title: event, system: null, systemName: null, owner: null, since, due: null, event, thing }
}

test('what is new, what is gone, and what became of the rest', () => {
  const compared = compareNews(
    { badNews: [news('closed'), news('late')], more: 0 },
    { badNews: [news('reported'), news('late', 'OVERDUE_CLOCK')], more: 3 },
  )
  expect(compared.added.map(({ event }) => event)).toEqual(['reported'])
  expect(compared.gone.map(({ event }) => event)).toEqual(['closed'])
  expect(compared.kept.map(({ earlier, later }) => [earlier.kind, later.kind])).toEqual([['OPEN_INCIDENT', 'OVERDUE_CLOCK']])
  expect(compared.untold).toEqual({ earlier: 0, later: 3 })
})

test('one event about two things is two pieces of news', () => {
  const drift = (thing: string) => news('drifted', 'DRIFT', thing)
  const compared = compareNews({ badNews: [drift('model:a@1')], more: 0 }, { badNews: [drift('model:a@1'), drift('model:b@1')], more: 0 })
  expect(compared.added.map(({ thing }) => thing)).toEqual(['model:b@1'])
  expect(compared.kept).toHaveLength(1)
})
