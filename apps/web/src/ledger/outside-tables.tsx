import { grouped } from '../format/numbers.ts'
import { MonoId } from '../ui/copy.tsx'
import { Instant } from '../ui/instant.tsx'
import { Card, Nothing, Section } from '../ui/section.tsx'
import { SimpleTable } from '../ui/simple-table.tsx'
import { Status } from '../ui/status.tsx'
import type { LogOfLedger } from './ledger-documents.ts'
import { SizeDoor } from './size-door.tsx'

/** Who outside this server saw the log grow. */
export function Witnesses({ log }: { readonly log: LogOfLedger }) {
  const { witnesses, witnessQuorum, treeSize } = log
  return (
    <Section title="Witnesses" note={witnessQuorum === 0 ? undefined : `${witnessQuorum} must cosign`}>
      <Card>
        {witnesses.length === 0 ? (
          <Nothing title="No witness is configured.">
            Without one, whoever holds the key and the store could show different logs to different people, and only kept heads would tell.
          </Nothing>
        ) : (
          <SimpleTable
            label="Configured witnesses"
            rows={witnesses}
            keyOf={({ verifierKey }) => verifierKey}
            columns={[
              { title: 'Witness', cell: ({ name }) => <span className="font-medium">{name}</span> },
              {
                title: 'Cosigned up to',
                align: 'right',
                cell: ({ lastSize }) => (lastSize === null ? 'never' : <Cosigned size={lastSize} log={log} />),
              },
              { title: 'When', wideOnly: true, cell: ({ lastAt }) => (lastAt === null ? '–' : <Instant at={lastAt} />) },
              {
                title: 'State',
                cell: ({ problem, lastSize }) =>
                  problem !== null ? (
                    <span className="text-warn">{problem}</span>
                  ) : lastSize === treeSize ? (
                    <Status tone="met" word="Up to the newest head" quiet />
                  ) : (
                    <Status tone="stale" word="Behind the newest head" quiet />
                  ),
              },
              { title: 'Key', wideOnly: true, cell: ({ verifierKey }) => <MonoId text={verifierKey} what="witness key" head={16} /> },
            ]}
          />
        )}
      </Card>
    </Section>
  )
}

/** A head that is too old to be listed leads nowhere: when it was signed is not known here. */
function Cosigned({ size, log: { head, history } }: { readonly size: string; readonly log: LogOfLedger }) {
  const signedAt = head?.size === size ? head.signedAt : history.find((one) => one.size === size)?.at
  return signedAt === undefined ? grouped(Number(size)) : <SizeDoor size={size} signedAt={signedAt} />
}

/** All keys that have signed this log. */
export function SigningKeys({ log: { keys } }: { readonly log: LogOfLedger }) {
  return (
    <Section title="Signing keys" note="Hand the key to whoever verifies, by another way than the pack.">
      <Card>
        {keys.length === 0 ? (
          <Nothing title="No key has signed yet." />
        ) : (
          <SimpleTable
            label="Keys that signed this log"
            rows={keys}
            keyOf={({ verifierKey }) => verifierKey}
            columns={[
              { title: 'Key', cell: ({ verifierKey }) => <MonoId text={verifierKey} what="verifier key" head={24} tail={10} /> },
              { title: 'Introduced', wideOnly: true, cell: ({ introducedAt }) => <Instant at={introducedAt} /> },
              {
                title: 'Retired',
                wideOnly: true,
                cell: ({ retiredAt }) =>
                  retiredAt === null ? <Status tone="partly" word="Signs now" quiet /> : <Instant at={retiredAt} />,
              },
            ]}
          />
        )}
      </Card>
    </Section>
  )
}
