import { History, TriangleAlert } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { Comparison } from '../comparison/comparison.ts'
import { dayAndTime, utcExact } from '../format/instants.ts'
import { usePastProgress } from '../reading/past-reading.ts'
import { Button } from '../ui/button.tsx'
import { instantIn } from './as-of-parameter.ts'
import type { Time } from './use-as-of.ts'

interface AsOfBandProps {
  readonly time: Time
  readonly workspace: string
  /** Whether what the page shows is kept by day. */
  readonly pageHasPast: boolean
  /** What the page shows beside each other, if it does. */
  readonly comparison: Comparison | null
  readonly onBack: () => void
  readonly onEnd: () => void
}

/** Under the header of every page while it is not now: what that means here, and the way back. */
export function AsOfBand(props: AsOfBandProps) {
  const { time, workspace, pageHasPast, comparison } = props
  const state = stateOf(time)
  const away = state !== 'now'
  const shown = comparison === null ? [pageHasPast ? instantIn(time.asOf) : null] : [comparison.earlier.asOf, comparison.later.asOf]
  const band = useHeight()
  const Icon = state === 'refused' ? TriangleAlert : History
  return (
    <div
      ref={band}
      {...(away && { role: 'region', 'aria-label': 'Time shown' })}
      data-print="no"
      className={away ? 'shrink-0 border-b border-line bg-warn-soft' : ''}
      data-band={away ? state : undefined}
    >
      <div className={away ? 'flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5 text-sm text-warn sm:px-6' : ''}>
        {away && <Icon aria-hidden className="size-4 shrink-0" />}
        <p role="status" className={away ? 'min-w-0 flex-1 basis-48' : ''}>
          <Words {...props} />
        </p>
        {shown.map((instant) => instant !== null && <ReadSoFar key={instant} workspace={workspace} asOf={instant} />)}
        {away && <WaysOut {...props} />}
      </div>
    </div>
  )
}

function stateOf({ asOf, with: other, compares }: Time): 'now' | 'past' | 'compared' | 'refused' {
  if (asOf.status === 'refused' || other.status === 'refused') return 'refused'
  return compares ? 'compared' : asOf.status
}

function WaysOut({ time, pageHasPast, comparison, onBack, onEnd }: AsOfBandProps) {
  const { asOf, with: other, compares } = time
  const inPast = asOf.status === 'past'
  return (
    <>
      {compares && comparison === null && pageHasPast && (
        <Button onClick={time.swap}>Show {other.status === 'past' ? dayAndTime(other.instant) : 'now'}</Button>
      )}
      {inPast && compares && <Button onClick={onEnd}>End the comparison</Button>}
      {inPast && other.status === 'refused' && <Button onClick={onEnd}>Remove it from the link</Button>}
      <Button onClick={onBack}>{inPast || compares ? 'Back to now' : 'Remove it from the link'}</Button>
    </>
  )
}

/** Keeps `--band` at the band's height: what floats beside the page begins under it. */
function useHeight() {
  const band = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = band.current
    if (element === null) return
    const observer = new ResizeObserver(() => document.documentElement.style.setProperty('--band', `${element.offsetHeight}px`))
    observer.observe(element)
    return () => {
      observer.disconnect()
      document.documentElement.style.removeProperty('--band')
    }
  }, [])
  return band
}

function Words({ time, pageHasPast, comparison }: AsOfBandProps) {
  const { asOf, with: other, compares } = time
  if (asOf.status === 'refused') return REFUSED[asOf.problem]('date', 'what is shown is now')
  if (other.status === 'refused')
    return other.problem === 'same'
      ? 'Both dates in this link are the same: nothing is compared.'
      : REFUSED[other.problem]('second date', 'nothing is compared')
  if (asOf.status === 'now' && !compares) return null
  const then = <Then at={instantIn(asOf)} />
  if (comparison !== null)
    return (
      <>
        <Then at={comparison.earlier.asOf} /> beside <Then at={comparison.later.asOf} />
        <span className="max-sm:heard">, each as known then</span>. Decisions are disabled.
      </>
    )
  if (!pageHasPast)
    return compares ? (
      'This page has no past: it shows now, and compares nothing. Decisions are disabled.'
    ) : (
      <>This page has no past: it shows now, not {then}. Decisions are disabled.</>
    )
  if (compares) return <>This page compares no dates: it shows the first only, {then}. Decisions are disabled.</>
  return (
    <>
      As known on {then}
      <span className="max-sm:heard"> — nothing recorded later is shown</span>. Decisions are disabled.
    </>
  )
}

const REFUSED = {
  'not-past': (what: string, so: string) => `The ${what} in this link has not come yet: ${so}.`,
  'not-an-instant': (what: string, so: string) => `The ${what} in this link can’t be read: ${so}.`,
}

function Then({ at }: { readonly at: string | null }) {
  if (at === null) return <span className="font-semibold">now</span>
  return (
    <time dateTime={at} data-tip={utcExact(at)} className="font-semibold whitespace-nowrap tabular">
      {dayAndTime(at)}
    </time>
  )
}

/** Beside the words, not among them: they are read out once. */
function ReadSoFar({ workspace, asOf }: { readonly workspace: string; readonly asOf: string }) {
  const progress = usePastProgress(workspace, asOf)
  if (progress === null) return null
  const { read, of } = progress
  const part = of === null ? null : Math.min(read / of, 1)
  return (
    <span className="inline-flex items-center gap-2 tabular" data-testid="past-progress">
      Reading the record up to that day{part === null ? '…' : `: ${Math.floor(part * 100)} %`}
      <span
        role="progressbar"
        aria-label="Reading the record up to that day"
        {...(part !== null && { 'aria-valuenow': Math.floor(part * 100), 'aria-valuemin': 0, 'aria-valuemax': 100 })}
        className="h-1.5 w-24 overflow-hidden rounded-full bg-warn/25"
      >
        <span className="block h-full bg-warn" style={{ width: `${(part ?? 0) * 100}%` }} />
      </span>
    </span>
  )
}
