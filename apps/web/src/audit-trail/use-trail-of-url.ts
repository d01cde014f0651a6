import { getRouteApi, useMatch, useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useSession } from '../session/use-session.ts'
import { useFeed } from './feed/use-feed.ts'
import { eventFilter, unknownTypes } from './filter/event-filter.ts'
import { type FilterTerm, withTerm } from './filter/filter-term.ts'
import { nearestName } from './filter/nearest-name.ts'
import { parseFilter } from './filter/parse-filter.ts'
import { printFilter } from './filter/print-filter.ts'
import type { Trail } from './trail-context.ts'
import type { TrailOrder } from './trail-documents.ts'
import type { TrailSearch } from './trail-search.ts'

const route = getRouteApi('/w/$workspace/events')

/** The trail that the URL asks for. */
export function useTrailOfUrl(): Trail {
  const { client, catalogue, viewer, asOf } = useSession()
  const { q: line = '', sort } = route.useSearch()
  const navigate = useNavigate()
  const openId = useMatch({ from: '/w/$workspace/events/$id', shouldThrow: false })?.params.id ?? null
  const workspace = viewer.workspace.id
  const order: TrailOrder = sort === 'oldest' ? 'OLDEST_FIRST' : 'NEWEST_FIRST'

  const { terms, filter, problems } = useMemo(() => {
    const parsed = parseFilter(line)
    const names = catalogue.types.map((type) => type.name)
    return {
      terms: parsed.terms,
      filter: eventFilter(parsed.terms, catalogue.knows),
      problems: [
        ...parsed.problems.map((problem) => problem.message),
        ...unknownTypes(parsed.terms, catalogue.knows).map((name) => noSuchType(name, nearestName(name, names))),
      ],
    }
  }, [line, catalogue])

  const { feed, state } = useFeed(problems.length > 0 ? null : { client, workspace, filter, order, asOf })

  const toList = useCallback(
    (change: (search: TrailSearch) => TrailSearch, replace = false) =>
      void navigate({ to: '/w/$workspace/events', params: { workspace }, search: (search) => change(search), replace }),
    [navigate, workspace],
  )
  const setLine = useCallback((next: string) => toList(({ q: _, ...rest }) => (next.trim() === '' ? rest : { ...rest, q: next })), [toList])
  const setTerms = useCallback((next: readonly FilterTerm[]) => setLine(printFilter(next)), [setLine])
  const addTerm = useCallback((term: FilterTerm) => setTerms(withTerm(terms, term)), [setTerms, terms])
  const setOrder = useCallback(
    (next: TrailOrder) => toList(({ sort: _, ...rest }) => (next === 'OLDEST_FIRST' ? { ...rest, sort: 'oldest' } : rest)),
    [toList],
  )
  const open = useCallback(
    (id: string) =>
      void navigate({ to: '/w/$workspace/events/$id', params: { workspace, id }, search: (search) => search, replace: openId !== null }),
    [navigate, workspace, openId],
  )
  const close = useCallback(() => toList((search) => search), [toList])

  return { workspace, order, asOf, line, terms, problems, filter, state, feed, setLine, setTerms, addTerm, setOrder, openId, open, close }
}

function noSuchType(name: string, nearest: string | null): string {
  return `There is no event type “${name}”.${nearest === null ? '' : ` Did you mean type:${nearest}?`}`
}
