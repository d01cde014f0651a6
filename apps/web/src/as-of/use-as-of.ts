import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo } from 'react'
import type { Session } from '../session/session.ts'
import { announce } from '../ui/announce.ts'
import { type AsOf, asOfParameter } from './as-of-parameter.ts'

/** The reader's time, which the URL carries, and what moves it. */
export interface Time {
  readonly asOf: AsOf
  readonly show: (instant: string) => void
  readonly back: () => void
}

export function useAsOf({ now }: Session): Time {
  const text = useSearch({ from: '/w/$workspace', select: (search) => search.asOf })
  const navigate = useNavigate()
  const asOf = useMemo(() => asOfParameter(text, now()), [text, now])
  const go = useCallback(
    (to: string | undefined, replace: boolean) => void navigate({ to: '.', search: (search) => ({ ...search, asOf: to }), replace }),
    [navigate],
  )

  // A day means something else in another zone: what is passed on is the instant.
  const instant = asOf.status === 'past' ? asOf.instant : null
  useEffect(() => {
    if (instant !== null && instant !== text) go(instant, true)
  }, [instant, text, go])

  const show = useCallback((to: string) => go(to, false), [go])
  const back = useCallback(() => {
    go(undefined, false)
    announce('Now: what is shown is the record as it is.')
  }, [go])
  return { asOf, show, back }
}
