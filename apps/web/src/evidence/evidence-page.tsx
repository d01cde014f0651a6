import { Link } from '@tanstack/react-router'
import { type ReactNode, Suspense, useState } from 'react'
import { Page, ReadProblem } from '../frame/page.tsx'
import { usePages } from '../reading/use-pages.ts'
import { useReadingOn } from '../reading/use-reading-on.ts'
import { may } from '../session/may.ts'
import { useOnlyNow } from '../session/use-only-now.ts'
import { useSession } from '../session/use-session.ts'
import { Button } from '../ui/button.tsx'
import { lazily } from '../ui/lazily.tsx'
import { MorePages } from '../ui/more-pages.tsx'
import { Card, Nothing } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { type Pack, packsQuery, sharedPacksQuery } from './evidence-documents.ts'
import { PackCard } from './pack-card.tsx'

const ExportDialog = lazily(() => import('./export-dialog.tsx').then((module) => module.ExportDialog))

const WHILE_BUILDING = 1_000

/** The evidence packs of the workspace, or those that are shared with whoever may not see all. */
export function EvidencePage() {
  const { viewer } = useSession()
  return may(viewer, 'keep-packs') ? <KeptPacks /> : <SharedPacks />
}

function KeptPacks() {
  const [exporting, setExporting] = useState(false)
  const onlyNow = useOnlyNow()
  const pages = usePages(packsQuery, { first: 50 }, ({ packs }) => packs)
  const building = pages.rows.some(({ status }) => status === 'BUILDING')
  useReadingOn('packs', building, WHILE_BUILDING)
  return (
    <Page
      title="Evidence"
      actions={
        <>
          <VerifyLink />
          <Button look="primary" aria-haspopup="dialog" onClick={() => setExporting(true)} {...onlyNow}>
            Export evidence
          </Button>
        </>
      }
    >
      <Packs
        pages={pages}
        kept
        empty={
          <Nothing title="No pack was exported yet.">
            A pack holds events with their proofs and a report, in one file that anybody can verify without this server. Export one of a
            system to see.
          </Nothing>
        }
      />
      <Suspense>{exporting && <ExportDialog onClose={() => setExporting(false)} />}</Suspense>
    </Page>
  )
}

function SharedPacks() {
  const pages = usePages(sharedPacksQuery, { first: 50 }, ({ sharedPacks }) => sharedPacks)
  return (
    <Page title="Shared with me" actions={<VerifyLink />}>
      <Packs
        pages={pages}
        kept={false}
        empty={
          <Nothing title="Nothing is shared with you now.">Evidence packs stand here while they are shared with you or your role.</Nothing>
        }
      />
    </Page>
  )
}

function VerifyLink() {
  return (
    <Link
      to="/verify"
      className="inline-flex h-8 items-center rounded-md border border-line bg-surface px-2.5 text-sm font-medium text-ink-2 hover:bg-hover hover:text-ink"
    >
      Verify a pack
    </Link>
  )
}

interface PacksProps {
  readonly pages: ReturnType<typeof usePages<unknown, Pack, { first?: number | null; after?: string | null }>>
  readonly kept: boolean
  readonly empty: ReactNode
}

function Packs({ pages, kept, empty }: PacksProps) {
  if (pages.status === 'loading') return <Skeleton lines={8} what="the packs" />
  if (pages.status === 'failed' && pages.problem !== null)
    return <ReadProblem problem={pages.problem} what="The packs" again={pages.again} />
  if (pages.rows.length === 0) return <Card>{empty}</Card>
  return (
    <>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {pages.rows.map((pack) => (
          <li key={pack.id} data-pack={pack.id}>
            <PackCard pack={pack} kept={kept} />
          </li>
        ))}
      </ul>
      <MorePages pages={pages} />
    </>
  )
}
