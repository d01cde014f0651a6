import { Suspense, useState } from 'react'
import { countOf } from '../format/numbers.ts'
import { words } from '../format/words.ts'
import { useOnlyNow } from '../session/use-only-now.ts'
import { RoomLink } from '../things/thing-link.tsx'
import { Button } from '../ui/button.tsx'
import { Instant } from '../ui/instant.tsx'
import { lazily } from '../ui/lazily.tsx'
import { Row, Rows } from '../ui/rows.tsx'
import { Card } from '../ui/section.tsx'
import { Status } from '../ui/status.tsx'
import type { Webhook } from './webhooks-documents.ts'

const ConfigureDialog = lazily(() => import('./configure-dialog.tsx').then((module) => module.ConfigureDialog))
const COUNTED = 10_000
const NAMED = 4

/** One webhook: where it goes, what it gets, and whether that arrives. */
export function WebhookCard({ webhook, administers }: { readonly webhook: Webhook; readonly administers: boolean }) {
  const [configuring, setConfiguring] = useState(false)
  const onlyNow = useOnlyNow()
  const { id, url, types, undelivered, lastDelivery, configuredAt } = webhook
  return (
    <Card className="grid gap-3 p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="min-w-0 font-mono text-sm font-semibold [overflow-wrap:anywhere]">{id}</h2>
        <WebhookMark webhook={webhook} />
        {administers && (
          <Button
            className="ml-auto"
            aria-haspopup="dialog"
            aria-label={`Configure ${id}`}
            onClick={() => setConfiguring(true)}
            {...onlyNow}
          >
            Configure
          </Button>
        )}
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-2 lg:grid-cols-2">
        <Rows>
          <Row label="Address">
            <span className="font-mono text-xs [overflow-wrap:anywhere]">{url}</span>
          </Row>
          <Row label="Gets">{types === null ? 'All events' : typesInWords(types)}</Row>
        </Rows>
        <Rows>
          <Row label="Not delivered">
            <RoomLink to="/webhooks/deliveries" search={`webhook:${id}`} tip="Its deliveries">
              {countOf(undelivered, undelivered < COUNTED, 'event', 'events')}
            </RoomLink>
          </Row>
          <Row label="Last delivery">
            {lastDelivery === null ? <span className="text-ink-3">none yet</span> : <Instant at={lastDelivery} />}
          </Row>
          <Row label="Configured">
            <RoomLink to="/events" search={`stream:ledger-webhook~${id}`} tip="Who configured it, and when">
              <Instant at={configuredAt} />
            </RoomLink>
          </Row>
        </Rows>
      </div>
      <Suspense>{configuring && <ConfigureDialog webhook={webhook} onClose={() => setConfiguring(false)} />}</Suspense>
    </Card>
  )
}

function WebhookMark({ webhook: { state, paused, failing } }: { readonly webhook: Webhook }) {
  if (state !== 'ENABLED') return <Status tone="none" word="Off" tip="What it is owed waits." />
  if (paused) {
    return <Status tone="missing" word="Paused" tip="A delivery was given up: configure it anew, or replay a delivery, and it goes on." />
  }
  if (failing) return <Status tone="stale" word="Failing" tip="The last attempts failed; it is tried again." />
  return <Status tone="met" word="On" />
}

function typesInWords(types: readonly string[]): string {
  const named = types.slice(0, NAMED).map(words).join(', ')
  return types.length > NAMED ? `${named} and ${countOf(types.length - NAMED, true, 'more type', 'more types')}` : named
}
