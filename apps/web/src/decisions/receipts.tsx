import { CircleCheck } from 'lucide-react'
import { EventOpen } from '../audit-trail/event-open.tsx'
import { localStream } from '../audit-trail/table/local-stream.ts'
import { MonoId } from '../ui/copy.tsx'
import { Instant } from '../ui/instant.tsx'
import { Row, Rows } from '../ui/rows.tsx'
import type { DecisionReceipt } from './decisions-documents.ts'

/** What was recorded, durably: the decision, and what followed from it. */
export function Receipts({ receipts, onOpen }: { readonly receipts: readonly DecisionReceipt[]; readonly onOpen: () => void }) {
  return (
    <div className="grid gap-4">
      <p role="status" className="flex items-center gap-2 font-medium text-ok">
        <CircleCheck aria-hidden className="size-4 shrink-0" />
        {receipts.length > 1 ? `Recorded, and ${receipts.length - 1} more followed from it` : 'Recorded'}
      </p>
      {receipts.map((receipt) => (
        <Rows key={receipt.id}>
          <Row label="Event">
            {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the link within is what is pressed; this follows it. */}
            <span onClick={onOpen}>
              <EventOpen event={receipt.id}>
                {localStream(receipt.stream)} no. {receipt.streamVersion}
              </EventOpen>
            </span>
          </Row>
          <Row label="Recorded">
            <Instant at={receipt.recordedAt} exact />
          </Row>
          <Row label="Event id">
            <MonoId text={receipt.id} what="event id" head={13} tail={12} />
          </Row>
        </Rows>
      ))}
    </div>
  )
}
