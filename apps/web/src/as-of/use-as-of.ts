import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo } from 'react'
import type { Session } from '../session/session.ts'
import { announce } from '../ui/announce.ts'
import { type AsOf, asOfParameter, instantIn, type With, withParameter } from './as-of-parameter.ts'

/** The reader's time, which the URL carries, and what moves it. An instant that is null is now. */
export interface Time {
  readonly asOf: AsOf
  readonly with: With
  /** Two dates are asked for. */
  readonly compares: boolean
  readonly show: (instant: string) => void
  readonly compare: (first: string | null, second: string | null) => void
  /** The second date instead of the first, where a page shows one only. */
  readonly swap: () => void
  readonly endComparison: () => void
  readonly back: () => void
}

export function useAsOf({ now }: Session): Time {
  const search = useSearch({ from: '/w/$workspace', structuralSharing: true, select: ({ asOf, with: other }) => ({ asOf, with: other }) })
  const navigate = useNavigate()
  const asOf = useMemo(() => asOfParameter(search.asOf, now()), [search.asOf, now])
  const other = useMemo(() => withParameter(search.with, asOf, now()), [search.with, asOf, now])
  const go = useCallback(
    (to: { readonly asOf?: string | undefined; readonly with?: string | undefined }, replace = false) =>
      void navigate({ to: '.', search: (before) => ({ ...before, asOf: undefined, with: undefined, ...to }), replace }),
    [navigate],
  )

  // A day means something else in another zone: what is passed on is the instant.
  const exact = {
    asOf: asOf.status === 'past' ? asOf.instant : search.asOf,
    with: other.status === 'past' ? other.instant : search.with,
  }
  useEffect(() => {
    if (exact.asOf !== search.asOf || exact.with !== search.with) go({ asOf: exact.asOf, with: exact.with }, true)
  }, [exact.asOf, exact.with, search, go])

  const show = useCallback((to: string) => go({ asOf: to }), [go])
  const compare = useCallback(
    (first: string | null, second: string | null) => go({ asOf: first ?? undefined, with: second ?? 'now' }),
    [go],
  )
  const back = useCallback(() => {
    go({})
    announce('Now: what is shown is the record as it is.')
  }, [go])
  return {
    asOf,
    with: other,
    compares: other.status === 'past' || other.status === 'now',
    show,
    compare,
    swap: () => compare(instantIn(other), instantIn(asOf)),
    endComparison: () => {
      go({ asOf: exact.asOf })
      announce('One date is shown.')
    },
    back,
  }
}
