import { useEffect, useState } from 'react'
import { words } from '../format/words.ts'
import { Button } from '../ui/button.tsx'
import { Card, Section } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Status, type StatusTone } from '../ui/status.tsx'
import { type Readiness, type ReadinessCheck, readReadiness } from './readiness.ts'

const AGAIN_EVERY = 10_000

const LOOKS: Readonly<Record<ReadinessCheck['status'], { readonly tone: StatusTone; readonly word: string }>> = {
  ok: { tone: 'met', word: 'Answers' },
  warned: { tone: 'stale', word: 'Look into it' },
  failed: { tone: 'missing', word: 'Failed' },
}

const NAMES: Readonly<Record<string, string>> = {
  store: 'Event store',
  protection: 'Key store',
  projector: 'Views',
  sealer: 'Sealer',
  disk: 'Data folder',
}

/** What the server needs, as its own health says it. */
export function Stores() {
  const [readiness, setReadiness] = useState<Readiness | null>(null)
  useEffect(() => {
    let here = true
    const read = () => void readReadiness().then((next) => here && setReadiness(next))
    read()
    const timer = setInterval(read, AGAIN_EVERY)
    return () => {
      here = false
      clearInterval(timer)
    }
  }, [])
  return (
    <Section title="Stores" note="As /health/ready says it">
      <Card>
        {readiness === null ? (
          <div className="px-4">
            <Skeleton lines={3} what="the stores" />
          </div>
        ) : readiness.status === 'unreachable' ? (
          <p role="alert" className="flex flex-wrap items-center gap-3 px-4 py-3 text-sm text-bad">
            {readiness.reason}
            <Button onClick={() => void readReadiness().then(setReadiness)}>Try again</Button>
          </p>
        ) : (
          <ul className="divide-y divide-line">
            {readiness.checks.map(({ name, status, reason }) => (
              <li key={name} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-sm">
                <span className="w-28">{NAMES[name] ?? words(name)}</span>
                <Status {...LOOKS[status]} quiet />
                {reason !== null && <span className="min-w-0 text-ink-2 [overflow-wrap:anywhere]">{reason}</span>}
              </li>
            ))}
          </ul>
        )}
      </Card>
    </Section>
  )
}
