import { History, TriangleAlert } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { dayAndTime, utcExact } from '../format/instants.ts'
import { usePastProgress } from '../reading/past-reading.ts'
import { Button } from '../ui/button.tsx'
import type { Time } from './use-as-of.ts'

interface AsOfBandProps {
  readonly time: Time
  readonly workspace: string
  /** Whether what the page shows is kept by day. */
  readonly pageHasPast: boolean
  readonly onBack: () => void
}

/** Under the header of every page while it is not now: what that means here, and the way back. */
export function AsOfBand({ time: { asOf }, workspace, pageHasPast, onBack }: AsOfBandProps) {
  const away = asOf.status !== 'now'
  const band = useHeight()
  const Icon = asOf.status === 'refused' ? TriangleAlert : History
  return (
    <div
      ref={band}
      {...(away && { role: 'region', 'aria-label': 'Time shown' })}
      data-print="no"
      className={away ? 'shrink-0 border-b border-line bg-warn-soft' : ''}
      data-band={away ? asOf.status : undefined}
    >
      <div className={away ? 'flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5 text-sm text-warn sm:px-6' : ''}>
        {away && <Icon aria-hidden className="size-4 shrink-0" />}
        <p role="status" className={away ? 'min-w-0 flex-1 basis-48' : ''}>
          {wordsOf({ asOf, pageHasPast })}
        </p>
        {asOf.status === 'past' && pageHasPast && <ReadSoFar workspace={workspace} asOf={asOf.instant} />}
        {away && <Button onClick={onBack}>{asOf.status === 'past' ? 'Back to now' : 'Remove it from the link'}</Button>}
      </div>
    </div>
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

function wordsOf({ asOf, pageHasPast }: Pick<Time, 'asOf'> & { readonly pageHasPast: boolean }): ReactNode {
  switch (asOf.status) {
    case 'now':
      return null
    case 'past':
      return pageHasPast ? (
        <>
          As known on <Then at={asOf.instant} />
          <span className="max-sm:heard"> — nothing recorded later is shown</span>. Decisions are disabled.
        </>
      ) : (
        <>
          This page has no past: it shows now, not <Then at={asOf.instant} />. Decisions are disabled.
        </>
      )
    case 'refused':
      return asOf.problem === 'not-past'
        ? 'The date in this link has not come yet: what is shown is now.'
        : 'The date in this link can’t be read: what is shown is now.'
  }
}

function Then({ at }: { readonly at: string }) {
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
