import { ago } from '../format/instants.ts'
import { grouped } from '../format/numbers.ts'
import { useSession } from '../session/use-session.ts'
import { RoomLink } from '../things/thing-link.tsx'
import { MonoId } from '../ui/copy.tsx'
import { Instant } from '../ui/instant.tsx'
import type { Floating } from '../ui/on-demand.tsx'
import { Popover } from '../ui/popover.tsx'
import type { SealedLog } from './seal-documents.ts'
import type { SealState } from './seal-state.ts'

interface SealPopoverProps {
  readonly log: SealedLog | null
  readonly state: SealState
}

export function SealPopover({ log, state, ...floating }: SealPopoverProps & Floating) {
  const { now } = useSession()
  const head = log?.head ?? null
  return (
    <Popover label="Seal" {...floating}>
      {(close) => (
        <div className="grid gap-2 p-4 text-sm">
          <h2 className="font-semibold">{state.word}</h2>
          <p className="text-ink-2">{state.why}</p>
          {head !== null && (
            <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5">
              <dt className="text-ink-3">Up to event</dt>
              <dd className="tabular">{grouped(Number(head.size))}</dd>
              <dt className="text-ink-3">Signed</dt>
              <dd>
                <Instant at={head.signedAt} /> <span className="text-xs text-ink-3">{ago(head.signedAt, now())}</span>
              </dd>
              <dt className="text-ink-3">Witnesses</dt>
              <dd>{head.witnessedBy.length === 0 ? 'none' : head.witnessedBy.join(', ')}</dd>
              <dt className="text-ink-3">Tree head</dt>
              <dd>
                <MonoId text={head.root} what="tree head" />
              </dd>
            </dl>
          )}
          {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the link within is what is pressed; this follows it. */}
          <span onClick={close}>
            <RoomLink to="/ledger">Open the ledger</RoomLink>
          </span>
        </div>
      )}
    </Popover>
  )
}
