import { SendingProblem } from '../forms/sending-problem.tsx'
import { useSending } from '../forms/use-sending.ts'
import { ReadProblem } from '../frame/page.tsx'
import { usePages } from '../reading/use-pages.ts'
import { useOnlyNow } from '../session/use-only-now.ts'
import { announce } from '../ui/announce.ts'
import { Button } from '../ui/button.tsx'
import { Instant } from '../ui/instant.tsx'
import { MorePages } from '../ui/more-pages.tsx'
import { Card, Nothing } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Status } from '../ui/status.tsx'
import { browserName } from './browser-name.ts'
import { endSession, type Session, sessionsQuery } from './person-documents.ts'

/** Where somebody is signed in. `person`: null for one's own, wherever begun; of others those that were begun in this workspace. */
export function SessionList({ person }: { readonly person: string | null }) {
  const pages = usePages(sessionsQuery, { person, first: 50 }, ({ sessions }) => sessions)
  if (pages.status === 'loading') return <Skeleton lines={4} what="the sessions" />
  if (pages.status === 'failed') return pages.problem && <ReadProblem problem={pages.problem} what="The sessions" again={pages.again} />
  return (
    <>
      <Card>
        {pages.rows.length === 0 ? (
          <Nothing title="Not signed in anywhere now." />
        ) : (
          <ul aria-label="Sessions" className="divide-y divide-line">
            {pages.rows.map((session) => (
              <SessionRow key={session.id} session={session} />
            ))}
          </ul>
        )}
      </Card>
      <MorePages pages={pages} />
    </>
  )
}

function SessionRow({ session }: { readonly session: Session }) {
  const { sending, send, refuse } = useSending()
  const onlyNow = useOnlyNow()
  const { id, current, client, startedAt, lastSeenAt, expiresAt } = session
  const name = browserName(client)

  async function end(): Promise<void> {
    const data = await send(endSession, { id })
    if (data === null) return
    if (data.endSession.__typename === 'SessionEnded') announce('The session was ended')
    else refuse(data.endSession.message)
  }

  return (
    <li className="grid gap-2 px-4 py-3 text-sm">
      <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1">
        <div className="min-w-0 flex-1 basis-56">
          <p className="font-medium" data-tip={client ?? undefined}>
            {name}
          </p>
          <p className="flex flex-wrap gap-x-3 text-xs text-ink-3">
            <span>
              began <Instant at={startedAt} />
            </span>
            <span>
              last used <Instant at={lastSeenAt} />
            </span>
            <span>
              ends <Instant at={expiresAt} />
            </span>
          </p>
        </div>
        {current ? (
          <Status tone="met" word="This one" />
        ) : (
          <Button
            aria-label={`End the session in ${name}, begun ${startedAt}`}
            disabled={sending.status === 'pending'}
            onClick={() => void end()}
            {...onlyNow}
          >
            {sending.status === 'pending' ? 'Ending…' : 'End'}
          </Button>
        )}
      </div>
      <SendingProblem sending={sending} refused="The session goes on" />
    </li>
  )
}
