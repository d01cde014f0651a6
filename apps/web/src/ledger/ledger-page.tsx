import { type ReactNode, useEffect } from 'react'
import { grouped } from '../format/numbers.ts'
import { words } from '../format/words.ts'
import { Page, WhatIsRead } from '../frame/page.tsx'
import { sealStateOf } from '../frame/seal-state.ts'
import { readingClient } from '../reading/reading-client.ts'
import { useReading } from '../reading/use-reading.ts'
import { useSession } from '../session/use-session.ts'
import { RoomLink } from '../things/thing-link.tsx'
import { MonoId } from '../ui/copy.tsx'
import { Notice } from '../ui/notice.tsx'
import { Card, Section } from '../ui/section.tsx'
import { SimpleTable } from '../ui/simple-table.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Status } from '../ui/status.tsx'
import { duration } from './duration.ts'
import { HeadCard } from './head-card.tsx'
import { HistoryPlot } from './history-plot.tsx'
import { type LedgerView, type LogOfLedger, ledgerQuery } from './ledger-documents.ts'
import { LogMark } from './log-state.tsx'
import { SigningKeys, Witnesses } from './outside-tables.tsx'
import { SizeDoor } from './size-door.tsx'
import { Stores } from './stores.tsx'

const AGAIN_EVERY = 3_000

/** How the record is kept and sealed, and how far everything behind it is. */
export function LedgerPage() {
  const { viewer } = useSession()
  const { reading, again } = useReading(ledgerQuery, {})
  useEffect(() => {
    const timer = setInterval(() => readingClient(viewer.workspace.id).again(new Set(['log', 'ledger'])), AGAIN_EVERY)
    return () => clearInterval(timer)
  }, [viewer.workspace.id])
  return (
    <Page title="Ledger" beside={reading.status === 'read' && <LogMark log={reading.data.log} />}>
      <WhatIsRead reading={reading} again={again} what="The ledger" loading={<Skeleton lines={12} what="the ledger" />}>
        {({ log, ledger }) => (
          <>
            <State log={log} />
            <Figures log={log} />
            {log.history.length > 0 && <HistoryPlot history={log.history} />}
            <HeadCard log={log} />
            <div id="witnesses" className="scroll-mt-4">
              <Witnesses log={log} />
            </div>
            <SigningKeys log={log} />
            <Views views={ledger.views} head={ledger.head} />
          </>
        )}
      </WhatIsRead>
      <Stores />
    </Page>
  )
}

function State({ log }: { readonly log: LogOfLedger }) {
  const { mark, word, why } = sealStateOf(log)
  return (
    <>
      {mark === 'failed' && (
        <Notice tone="bad" title={word}>
          {why}
        </Notice>
      )}
      {log.simulatedClock && (
        <Notice tone="warn" title="The clock is simulated">
          This workspace holds a sample: no head of it is evidence of anything.
        </Notice>
      )}
    </>
  )
}

function Figures({ log }: { readonly log: LogOfLedger }) {
  const newest = 'The newest events: those that are not sealed stand first'
  const figures = [
    {
      name: 'Unsealed',
      value: `${grouped(log.unsealed)}${log.unsealed >= 1_000 ? '+' : ''}`,
      hint: 'recorded, not yet under a head',
    },
    { name: 'Lag', value: duration(log.lagMilliseconds), hint: 'age of the oldest unsealed event' },
  ]
  return (
    <Card>
      <dl className="grid grid-cols-2 sm:grid-cols-4">
        <LogFigure name="Tree size" hint="events under the newest head">
          {log.head === null ? grouped(Number(log.treeSize)) : <SizeDoor size={log.treeSize} signedAt={log.head.signedAt} />}
        </LogFigure>
        {figures.map(({ name, value, hint }) => (
          <LogFigure key={name} name={name} hint={hint}>
            <RoomLink to="/events" tip={newest}>
              {value}
            </RoomLink>
          </LogFigure>
        ))}
        <LogFigure name="Witnesses" hint="cosigned the newest head">
          <a href="#witnesses" className="underline decoration-line underline-offset-4 hover:text-accent-ink hover:decoration-accent">
            {log.head?.witnessedBy.length ?? 0} of {log.witnesses.length}
          </a>
        </LogFigure>
      </dl>
    </Card>
  )
}

function LogFigure({ name, hint, children }: { readonly name: string; readonly hint: string; readonly children: ReactNode }) {
  return (
    <div className="grid gap-0.5 px-4 py-3">
      <dt className="text-xs font-medium text-ink-2">{name}</dt>
      <dd className="text-xl font-semibold tracking-tight tabular">{children}</dd>
      <dd className="text-xs text-ink-3">{hint}</dd>
    </div>
  )
}

function Views({ views, head }: { readonly views: readonly LedgerView[]; readonly head: string | null }) {
  return (
    <Section
      title="Views"
      note={
        head === null ? (
          'The record is empty.'
        ) : (
          <>
            <RoomLink to="/events" tip="The newest first">
              The record
            </RoomLink>{' '}
            ends at <MonoId text={head} what="position of the newest event" />
          </>
        )
      }
    >
      <Card>
        <SimpleTable
          label="Views and how far they are"
          rows={views}
          keyOf={({ name }) => name}
          columns={[
            { title: 'View', cell: ({ name }) => words(name) },
            {
              title: 'State',
              cell: ({ rebuilding, behind }) =>
                rebuilding ? (
                  <Status tone="not-yet" word="Being rebuilt" quiet />
                ) : behind === 0 ? (
                  <Status tone="met" word="As the record" quiet />
                ) : (
                  <Status tone="stale" word="Behind" quiet />
                ),
            },
            {
              title: 'Behind',
              align: 'right',
              cell: ({ behind }) => <LackedDoor>{grouped(behind)}</LackedDoor>,
            },
            { title: 'Lag', align: 'right', cell: ({ lagMilliseconds }) => <LackedDoor>{duration(lagMilliseconds)}</LackedDoor> },
          ]}
        />
      </Card>
    </Section>
  )
}

function LackedDoor({ children }: { readonly children: ReactNode }) {
  return (
    <RoomLink to="/events" tip="The record, the newest first: a view that is behind lacks the first of these">
      {children}
    </RoomLink>
  )
}
