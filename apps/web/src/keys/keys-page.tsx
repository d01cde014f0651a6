import { Suspense, useState } from 'react'
import { SendingProblem } from '../forms/sending-problem.tsx'
import { useSending } from '../forms/use-sending.ts'
import { Page, ReadProblem } from '../frame/page.tsx'
import { usePages } from '../reading/use-pages.ts'
import { useOnlyNow } from '../session/use-only-now.ts'
import { useSession } from '../session/use-session.ts'
import { RoomLink } from '../things/thing-link.tsx'
import { titleOf } from '../things/vocabulary.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmButton } from '../ui/confirm-button.tsx'
import { Instant } from '../ui/instant.tsx'
import { lazily } from '../ui/lazily.tsx'
import { MorePages } from '../ui/more-pages.tsx'
import { Card, Nothing } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Status } from '../ui/status.tsx'
import { type ApiKey, apiKeysQuery, revokeApiKey } from './keys-documents.ts'

const IssueDialog = lazily(() => import('./issue-dialog.tsx').then((module) => module.IssueDialog))

/** The keys with which services record. */
export function KeysPage() {
  const { viewer } = useSession()
  const [issuing, setIssuing] = useState(false)
  const onlyNow = useOnlyNow()
  const pages = usePages(apiKeysQuery, { first: 100 }, ({ apiKeys }) => apiKeys)
  const administers = viewer.roles.includes('ADMINISTRATOR')
  return (
    <Page
      title="API keys"
      actions={
        administers && (
          <Button look="primary" aria-haspopup="dialog" onClick={() => setIssuing(true)} {...onlyNow}>
            Issue a key
          </Button>
        )
      }
    >
      {pages.status === 'loading' && <Skeleton lines={6} what="the keys" />}
      {pages.status === 'failed' && pages.problem !== null && <ReadProblem problem={pages.problem} what="The keys" again={pages.again} />}
      {pages.status === 'read' && (
        <Card>
          {pages.rows.length === 0 ? (
            <Nothing title="No key was issued yet.">A service needs one to record what it does.</Nothing>
          ) : (
            <ul className="divide-y divide-line">
              {pages.rows.map((key) => (
                <KeyRow key={key.id} apiKey={key} administers={administers} />
              ))}
            </ul>
          )}
        </Card>
      )}
      {pages.status === 'read' && <MorePages pages={pages} />}
      <Suspense>{issuing && <IssueDialog onClose={() => setIssuing(false)} />}</Suspense>
    </Page>
  )
}

function KeyRow({ apiKey, administers }: { readonly apiKey: ApiKey; readonly administers: boolean }) {
  const { now } = useSession()
  const { sending, send, refuse } = useSending()
  const onlyNow = useOnlyNow()
  const { id, name, role, issuedAt, expiresAt, revokedAt } = apiKey
  const expired = expiresAt !== null && new Date(expiresAt) <= now()

  async function revoke(): Promise<void> {
    const data = await send(revokeApiKey, { input: { id } })
    if (data !== null && data.revokeApiKey.__typename !== 'RevokedApiKey') refuse(data.revokeApiKey.message)
  }

  return (
    <li className="grid gap-2 px-4 py-3 text-sm">
      <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1">
        <h2 className="min-w-0 font-medium [overflow-wrap:anywhere]">{name}</h2>
        <span className="text-ink-3">{titleOf(role.toLowerCase())}</span>
        <span className="text-ink-3">
          issued{' '}
          <RoomLink to="/events" search={`stream:workspace-access ${id}`} tip="Who issued it, and what became of it">
            <Instant at={issuedAt} />
          </RoomLink>
        </span>
        {revokedAt !== null ? (
          <Status tone="none" word="Revoked" quiet />
        ) : (
          <Status tone={expired ? 'stale' : 'met'} word={expired ? 'Expired' : 'In force'} quiet />
        )}
        {administers && revokedAt === null && (
          <ConfirmButton
            label={name}
            sure="Revoke at once, for good"
            acting="Revoking…"
            pending={sending.status === 'pending'}
            onConfirm={() => void revoke()}
            {...onlyNow}
            className="ml-auto"
          >
            Revoke
          </ConfirmButton>
        )}
      </div>
      <SendingProblem sending={sending} refused="The key is in force" />
    </li>
  )
}
