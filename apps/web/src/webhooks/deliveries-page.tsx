import { EventOpen } from '../audit-trail/event-open.tsx'
import { words as inWords } from '../format/words.ts'
import { useReadingOn } from '../reading/use-reading-on.ts'
import type { RegisterColumn } from '../register/register.ts'
import { RegisterPage } from '../register/register-page.tsx'
import { useRegister } from '../register/use-register.ts'
import { type RegisterView, useRegisterView } from '../register/use-register-view.ts'
import { useSession } from '../session/use-session.ts'
import { RoomTabs } from '../things/room-tabs.tsx'
import { Instant } from '../ui/instant.tsx'
import { Nothing } from '../ui/section.tsx'
import { DELIVERY_STATES, DeliveryMark } from './delivery-mark.tsx'
import { ReplayButton } from './replay-button.tsx'
import { WEBHOOK_TABS } from './webhook-tabs.ts'
import { type Delivery, deliveriesQuery } from './webhooks-documents.ts'

/** A delivery is no event: nothing tells the page of it. */
const EVERY = 3_000
const STATES = ['WAITING', 'RETRYING', 'DELIVERED', 'GIVEN_UP'] as const
const KEYS = [
  { key: 'state', title: 'State', values: STATES.map((state) => ({ value: state.toLowerCase(), title: DELIVERY_STATES[state].word })) },
  { key: 'webhook', title: 'Webhook' },
]

const columns: readonly RegisterColumn<Delivery>[] = [
  {
    id: 'type',
    title: 'Event',
    width: null,
    from: 'always',
    cell: ({ type, event }) => (
      <EventOpen event={event} className="font-medium hover:underline">
        {inWords(type)}
      </EventOpen>
    ),
    text: ({ type }) => type,
  },
  {
    id: 'webhook',
    title: 'Webhook',
    width: 160,
    from: 'always',
    cell: ({ webhook }) => <span className="font-mono text-xs">{webhook}</span>,
    text: ({ webhook }) => webhook,
  },
  {
    id: 'state',
    title: 'State',
    width: 120,
    from: 'always',
    cell: ({ state }) => <DeliveryMark state={state} quiet />,
    text: ({ state }) => state,
  },
  {
    id: 'attempts',
    title: 'Attempts',
    width: 88,
    align: 'right',
    from: 'middle',
    cell: ({ attempts }) => attempts,
    text: ({ attempts }) => String(attempts),
  },
  {
    id: 'next',
    title: 'Next attempt',
    width: 168,
    from: 'middle',
    cell: ({ nextAttemptAt }) => nextAttemptAt && <Instant at={nextAttemptAt} />,
    text: ({ nextAttemptAt }) => nextAttemptAt ?? '',
  },
  {
    id: 'delivered',
    title: 'Delivered',
    width: 168,
    from: 'wide',
    cell: ({ deliveredAt }) => deliveredAt && <Instant at={deliveredAt} />,
    text: ({ deliveredAt }) => deliveredAt ?? '',
  },
  {
    id: 'answer',
    title: 'Last answer',
    width: 176,
    from: 'middle',
    cell: (row) => <span data-tip={row.lastError ?? undefined}>{lastAnswer(row)}</span>,
    text: ({ lastStatus, lastError }) => [lastStatus, lastError].filter((part) => part !== null).join(': '),
  },
  { id: 'replay', title: 'Again', width: 104, from: 'always', cell: (row) => <Replay row={row} />, text: () => '' },
  {
    id: 'id',
    title: 'webhook-id',
    width: 208,
    from: 'asked',
    cell: ({ id }) => <span className="font-mono text-xs">{id}</span>,
    text: ({ id }) => id,
  },
]

/** What webhooks get or got. */
export function DeliveriesPage() {
  const view = useRegisterView({ name: 'deliveries', columns, keys: KEYS, found: 'a webhook’s id' })
  const { pages, all } = useRegister(deliveriesQuery, { first: 100, ...filterOf(view) }, ({ deliveries }) => deliveries)
  useReadingOn('deliveries', pages.status === 'read', EVERY)
  return (
    <RegisterPage
      title="Deliveries"
      one="delivery"
      many="deliveries"
      tabs={<RoomTabs label="Webhooks and deliveries" tabs={WEBHOOK_TABS} />}
      columns={columns}
      view={view}
      pages={pages}
      all={all}
      target={({ event }) => ({ event })}
      card={(row) => (
        <>
          <div className="flex items-center gap-2 text-sm">
            <h2 className="min-w-0 flex-1 truncate font-medium">
              <EventOpen event={row.event} className="after:absolute after:inset-0">
                {inWords(row.type)}
              </EventOpen>
            </h2>
            <DeliveryMark state={row.state} />
          </div>
          <div className="relative mt-1.5 flex flex-wrap items-center gap-x-3 text-xs text-ink-2">
            <span className="font-mono">{row.webhook}</span>
            <span>{row.attempts === 1 ? '1 attempt' : `${row.attempts} attempts`}</span>
            <span>{lastAnswer(row)}</span>
            <Replay row={row} />
          </div>
        </>
      )}
      empty={
        <Nothing title="Nothing was sent, and nothing waits.">
          Deliveries appear when an event is recorded that a webhook gets. What was delivered is forgotten after 30 days.
        </Nothing>
      }
    />
  )
}

function Replay({ row }: { readonly row: Delivery }) {
  const { viewer } = useSession()
  return viewer.roles.includes('ADMINISTRATOR') ? <ReplayButton delivery={row} /> : null
}

/** The status says enough where there was one. */
function lastAnswer({ lastStatus, lastError }: Delivery): string {
  return lastStatus === null ? (lastError ?? '') : String(lastStatus)
}

function filterOf({ filter: { values, words } }: RegisterView) {
  const webhook = values.webhook ?? (words === '' ? undefined : words)
  const state = STATES.find((candidate) => candidate.toLowerCase() === values.state)
  return { ...(webhook !== undefined && { webhook }), ...(state !== undefined && { state }) }
}
