import { Download } from 'lucide-react'
import { type ReactNode, Suspense, useState } from 'react'
import { EventOpen } from '../audit-trail/event-open.tsx'
import { countOf, grouped } from '../format/numbers.ts'
import { may } from '../session/may.ts'
import { useOnlyNow } from '../session/use-only-now.ts'
import { useSession } from '../session/use-session.ts'
import { PersonName } from '../things/person-name.tsx'
import { RoomLink } from '../things/thing-link.tsx'
import { Button } from '../ui/button.tsx'
import { MonoId } from '../ui/copy.tsx'
import { Instant } from '../ui/instant.tsx'
import { lazily } from '../ui/lazily.tsx'
import { Row, Rows } from '../ui/rows.tsx'
import { Card } from '../ui/section.tsx'
import { Status } from '../ui/status.tsx'
import { byteSize } from './byte-size.ts'
import { CompletenessMark } from './completeness-mark.tsx'
import type { Pack } from './evidence-documents.ts'
import { PackShares } from './pack-shares.tsx'

const ShareDialog = lazily(() => import('./share-dialog.tsx').then((module) => module.ShareDialog))

/** One pack: what it holds, who made it, who has it. `kept`: the reader sees every pack, and what became of each. */
export function PackCard({ pack, kept }: { readonly pack: Pack; readonly kept: boolean }) {
  const { viewer } = useSession()
  const [sharing, setSharing] = useState(false)
  const onlyNow = useOnlyNow()
  return (
    <Card className="grid gap-3 p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="min-w-0 text-sm font-semibold [overflow-wrap:anywhere]">{pack.scope.text}</h2>
        <PackMark pack={pack} />
        <div className="ml-auto flex flex-wrap gap-2" data-print="no">
          {kept && may(viewer, 'share-packs') && pack.status === 'READY' && (
            <Button aria-haspopup="dialog" onClick={() => setSharing(true)} {...onlyNow}>
              Share
            </Button>
          )}
          {pack.url !== null && (
            <a
              href={`/w/${encodeURIComponent(viewer.workspace.id)}${pack.url}`}
              download
              className="inline-flex h-8 items-center gap-1.5 rounded-md bg-accent px-2.5 text-sm font-medium text-on-accent hover:bg-accent-ink [&_svg]:size-4"
            >
              <Download aria-hidden />
              Download
            </a>
          )}
        </div>
      </div>
      {pack.status === 'BUILDING' && (
        <progress aria-label={`Progress of ${pack.scope.text}`} max={1} value={pack.progress} className="h-1.5 w-full accent-accent" />
      )}
      {pack.problem !== null && <p className="text-sm text-bad">{pack.problem} Nothing was exported.</p>}
      <PackRows pack={pack} kept={kept} />
      {kept && <PackShares pack={pack} />}
      <Suspense>{sharing && <ShareDialog pack={pack} onClose={() => setSharing(false)} />}</Suspense>
    </Card>
  )
}

function PackMark({ pack: { status, progress } }: { readonly pack: Pack }) {
  switch (status) {
    case 'BUILDING':
      return <Status tone="not-yet" word={`Being made: ${Math.floor(progress * 100)} %`} />
    case 'READY':
      return <Status tone="partly" word="Ready" tip="Made and recorded. Whether it holds is told by whoever verifies it." />
    case 'FAILED':
      return <Status tone="missing" word="Failed" />
  }
}

/** What the event says that recorded the export: it opens that event for whoever may read the record. */
function Exported({ pack, kept, children }: { readonly pack: Pack; readonly kept: boolean; readonly children: ReactNode }) {
  if (!kept || pack.exportEvent === null) return children
  return (
    <EventOpen event={pack.exportEvent} tip="The event that recorded the export">
      {children}
    </EventOpen>
  )
}

function PackRows({ pack, kept }: { readonly pack: Pack; readonly kept: boolean }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-2 lg:grid-cols-2">
      <Rows>
        <Row label="Purpose">{pack.purpose ?? <span className="text-ink-3">erased</span>}</Row>
        <Row label="Holds">
          <Exported pack={pack} kept={kept}>
            {pack.events === null ? 'Not known yet' : countOf(pack.events, true, 'event', 'events')}
            {pack.bytes !== null && `, ${byteSize(pack.bytes)}`}
            {pack.treeSize !== null && `, under tree size ${grouped(Number(pack.treeSize))}`}
            {pack.withNames && ', with names'}
          </Exported>
        </Row>
        <Row label="Completeness">
          <CompletenessMark completeness={pack.completeness} />
        </Row>
      </Rows>
      <Rows>
        <Row label="Asked for">
          <Exported pack={pack} kept={kept}>
            <Instant at={pack.requestedAt} />
          </Exported>
        </Row>
        {kept && (
          <Row label="By">
            <PersonName actor={{ kind: pack.requester.startsWith('per_') ? 'PERSON' : 'SERVICE', id: pack.requester }} />
          </Row>
        )}
        {kept && (
          <Row label="Downloads">
            <RoomLink to="/events" search={`about:pack:${pack.id} type:PackDownloaded`}>
              {grouped(pack.downloads)}
            </RoomLink>
          </Row>
        )}
        {pack.sha256 !== null && (
          <Row label="SHA-256">
            <MonoId text={pack.sha256} what="SHA-256 of the pack" />
          </Row>
        )}
      </Rows>
    </div>
  )
}
