import { SendingProblem } from '../forms/sending-problem.tsx'
import { useSending } from '../forms/use-sending.ts'
import { may } from '../session/may.ts'
import { useOnlyNow } from '../session/use-only-now.ts'
import { useSession } from '../session/use-session.ts'
import { PersonName } from '../things/person-name.tsx'
import { titleOf } from '../things/vocabulary.ts'
import { Button } from '../ui/button.tsx'
import { Instant } from '../ui/instant.tsx'
import { Status } from '../ui/status.tsx'
import { type Pack, type PackShare, revokePackShare } from './evidence-documents.ts'

/** With whom a pack is shared, and what takes a share back. */
export function PackShares({ pack }: { readonly pack: Pack }) {
  if (pack.shares.length === 0) return null
  return (
    <ul aria-label="Shares" className="grid gap-1.5 border-t border-line pt-3">
      {pack.shares.map((share) => (
        <Share key={`${share.person ?? share.role}-${share.sharedAt}`} pack={pack} share={share} />
      ))}
    </ul>
  )
}

function Share({ pack, share }: { readonly pack: Pack; readonly share: PackShare }) {
  const { viewer, now } = useSession()
  const { sending, send, refuse } = useSending()
  const onlyNow = useOnlyNow()
  const inForce = share.revokedAt === null && new Date(share.until) > now()

  async function revoke(): Promise<void> {
    const whom = share.person === null ? { role: share.role } : { person: share.person }
    const data = await send(revokePackShare, { input: { id: crypto.randomUUID(), pack: pack.id, ...whom } })
    if (data !== null && data.revokePackShare.__typename !== 'Pack') refuse(data.revokePackShare.message)
  }

  return (
    <li className="grid gap-2 text-sm">
      <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0">
          {share.person === null ? (
            `Everybody with the role ${titleOf((share.role ?? '').toLowerCase()).toLowerCase()}`
          ) : (
            <PersonName actor={{ kind: 'PERSON', id: share.person }} />
          )}
        </span>
        <span className="text-ink-3">
          until <Instant at={share.until} />
        </span>
        {inForce && may(viewer, 'share-packs') && (
          <Button look="quiet" className="ml-auto" disabled={sending.status === 'pending'} onClick={() => void revoke()} {...onlyNow}>
            {sending.status === 'pending' ? 'Taking back…' : 'Take back'}
          </Button>
        )}
        {!inForce && <Status tone="none" word={share.revokedAt === null ? 'Ended' : 'Taken back'} quiet />}
      </div>
      <SendingProblem sending={sending} refused="The share stands" />
    </li>
  )
}
