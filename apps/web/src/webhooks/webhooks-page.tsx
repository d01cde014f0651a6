import { Suspense, useState } from 'react'
import { Page, ReadProblem } from '../frame/page.tsx'
import { usePages } from '../reading/use-pages.ts'
import { useReadingOn } from '../reading/use-reading-on.ts'
import { useOnlyNow } from '../session/use-only-now.ts'
import { useSession } from '../session/use-session.ts'
import { RoomTabs } from '../things/room-tabs.tsx'
import { Button } from '../ui/button.tsx'
import { lazily } from '../ui/lazily.tsx'
import { MorePages } from '../ui/more-pages.tsx'
import { Card, Nothing } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { WebhookCard } from './webhook-card.tsx'
import { WEBHOOK_TABS } from './webhook-tabs.ts'
import { webhooksQuery } from './webhooks-documents.ts'

const ConfigureDialog = lazily(() => import('./configure-dialog.tsx').then((module) => module.ConfigureDialog))

/** A delivery is no event: nothing tells the page of it. */
const EVERY = 3_000

/** To whom events are sent as they are recorded. */
export function WebhooksPage() {
  const { viewer } = useSession()
  const [adding, setAdding] = useState(false)
  const onlyNow = useOnlyNow()
  const pages = usePages(webhooksQuery, { first: 50 }, ({ webhooks }) => webhooks)
  const administers = viewer.roles.includes('ADMINISTRATOR')
  useReadingOn('webhooks', pages.rows.length > 0, EVERY)
  return (
    <Page
      title="Webhooks"
      actions={
        administers && (
          <Button look="primary" aria-haspopup="dialog" onClick={() => setAdding(true)} {...onlyNow}>
            Add a webhook
          </Button>
        )
      }
    >
      <RoomTabs label="Webhooks and deliveries" tabs={WEBHOOK_TABS} />
      {pages.status === 'loading' && <Skeleton lines={6} what="the webhooks" />}
      {pages.status === 'failed' && pages.problem !== null && (
        <ReadProblem problem={pages.problem} what="The webhooks" again={pages.again} />
      )}
      {pages.status === 'read' && pages.rows.length === 0 && (
        <Card>
          <Nothing title="No webhook is set up.">
            One gets each event as it is recorded, signed, in the record’s order, until it took it: for a ticket system, a chat, or a store
            of your own.
          </Nothing>
        </Card>
      )}
      {pages.status === 'read' && pages.rows.length > 0 && (
        <ul aria-label="Webhooks" className="grid grid-cols-[minmax(0,1fr)] gap-4">
          {pages.rows.map((webhook) => (
            <li key={webhook.id}>
              <WebhookCard webhook={webhook} administers={administers} />
            </li>
          ))}
        </ul>
      )}
      {pages.status === 'read' && <MorePages pages={pages} />}
      <Suspense>{adding && <ConfigureDialog webhook={null} onClose={() => setAdding(false)} />}</Suspense>
    </Page>
  )
}
