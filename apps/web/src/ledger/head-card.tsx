import { ago } from '../format/instants.ts'
import { useSession } from '../session/use-session.ts'
import { CopyButton, MonoId } from '../ui/copy.tsx'
import { Instant } from '../ui/instant.tsx'
import { Row, Rows } from '../ui/rows.tsx'
import { Card, Nothing, Section } from '../ui/section.tsx'
import { Status } from '../ui/status.tsx'
import type { LogOfLedger } from './ledger-documents.ts'
import { SizeDoor } from './size-door.tsx'

/** The newest signed tree head: what an auditor keeps. */
export function HeadCard({ log }: { readonly log: LogOfLedger }) {
  const { now } = useSession()
  const { head } = log
  if (head === null) {
    return (
      <Section title="Newest tree head">
        <Card>
          <Nothing title="No head was signed yet.">The first is signed within a second of the first event.</Nothing>
        </Card>
      </Section>
    )
  }
  return (
    <Section title="Newest tree head" note="Keep a copy elsewhere: a later pack must continue it.">
      <Card className="grid grid-cols-[minmax(0,1fr)] gap-4 p-4">
        <Rows>
          <Row label="Events under it">
            <SizeDoor size={head.size} signedAt={head.signedAt} />
          </Row>
          <Row label="Signed">
            <Instant at={head.signedAt} exact /> <span className="text-xs text-ink-3">{ago(head.signedAt, now())}</span>
          </Row>
          <Row label="Log">
            <span className="font-mono text-xs [overflow-wrap:anywhere]">{log.origin}</span>
          </Row>
          <Row label="Tree root">
            <MonoId text={head.root} what="tree root" />
          </Row>
          <Row label="Map root">
            <MonoId text={head.mapRoot} what="map root" />
          </Row>
          <Row label="Cosigned by">{head.witnessedBy.length === 0 ? 'no witness yet' : head.witnessedBy.join(', ')}</Row>
          <Row label="Timestamped">
            {head.timestampedAt !== null ? (
              <Instant at={head.timestampedAt} exact />
            ) : log.timestampAuthority === null ? (
              'No authority is asked'
            ) : (
              <Status tone="stale" word={log.timestampProblem ?? 'Not yet'} quiet />
            )}
          </Row>
          <Row label="Written outside">
            {log.publishFolder ? 'Each head, to a folder outside the data folder' : 'No: no folder is configured'}
          </Row>
        </Rows>
        <div className="relative rounded-lg border border-line bg-sunken">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard. */}
          <section tabIndex={0} aria-label="Signed note" className="mr-10 overflow-x-auto p-3">
            <pre className="font-mono text-xs">{head.note}</pre>
          </section>
          <CopyButton text={head.note} what="the signed head" className="absolute top-2 right-2" />
        </div>
      </Card>
    </Section>
  )
}
