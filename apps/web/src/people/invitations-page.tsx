import { ago } from '../format/instants.ts'
import { SendingProblem } from '../forms/sending-problem.tsx'
import { useSending } from '../forms/use-sending.ts'
import { Page, ReadProblem } from '../frame/page.tsx'
import { usePages } from '../reading/use-pages.ts'
import { useOnlyNow } from '../session/use-only-now.ts'
import { useSession } from '../session/use-session.ts'
import { PersonName } from '../things/person-name.tsx'
import { RoomTabs } from '../things/room-tabs.tsx'
import { RoomLink } from '../things/thing-link.tsx'
import { announce } from '../ui/announce.ts'
import { ConfirmButton } from '../ui/confirm-button.tsx'
import { Instant } from '../ui/instant.tsx'
import { MorePages } from '../ui/more-pages.tsx'
import { Card, Nothing } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Status } from '../ui/status.tsx'
import { InviteButton } from './invite-button.tsx'
import { PEOPLE_TABS } from './people-tabs.ts'
import { type Invitation, invitationsQuery, revokeInvitation } from './person-documents.ts'
import { roleName } from './person-roles.ts'

/** Invitations that were not used yet. */
export function InvitationsPage() {
  const pages = usePages(invitationsQuery, { first: 100 }, ({ invitations }) => invitations)
  return (
    <Page title="Invitations" actions={<InviteButton />}>
      <RoomTabs label="People and invitations" tabs={PEOPLE_TABS} />
      {pages.status === 'loading' && <Skeleton lines={6} what="the invitations" />}
      {pages.status === 'failed' && pages.problem !== null && (
        <ReadProblem problem={pages.problem} what="The invitations" again={pages.again} />
      )}
      {pages.status === 'read' && (
        <>
          <Card>
            {pages.rows.length === 0 ? (
              <Nothing title="No invitation is open.">Invite somebody: the link is good once, for seven days.</Nothing>
            ) : (
              <ul aria-label="Invitations" className="divide-y divide-line">
                {pages.rows.map((invitation) => (
                  <InvitationRow key={invitation.id} invitation={invitation} />
                ))}
              </ul>
            )}
          </Card>
          <MorePages pages={pages} />
        </>
      )}
    </Page>
  )
}

function InvitationRow({ invitation }: { readonly invitation: Invitation }) {
  const { now } = useSession()
  const { sending, send, refuse } = useSending()
  const onlyNow = useOnlyNow()
  const { id, person, email, role, invitedAt, invitedBy, expiresAt, sent } = invitation
  const whom = email ?? person

  async function revoke(): Promise<void> {
    const data = await send(revokeInvitation, { id })
    if (data === null) return
    if (data.revokeInvitation.__typename === 'InvitationRevoked') announce('The invitation was taken back')
    else refuse(data.revokeInvitation.message)
  }

  return (
    <li className="grid gap-2 px-4 py-3 text-sm">
      <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1">
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="font-medium [overflow-wrap:anywhere]">
            <RoomLink to={`/people/${person}`}>{whom}</RoomLink>
          </h2>
          <p className="flex flex-wrap gap-x-3 text-xs text-ink-3">
            <span>as {roleName(role).toLowerCase()}</span>
            <span className="inline-flex gap-1">
              by <PersonName actor={{ kind: invitedBy.startsWith('per_') ? 'PERSON' : 'SERVICE', id: invitedBy }} />
            </span>
            <span>
              on <Instant at={invitedAt} />
            </span>
            <span>
              expires <Instant at={expiresAt} /> ({ago(expiresAt, now())})
            </span>
          </p>
        </div>
        {sent ? (
          <Status tone="partly" word="Sent" tip="The mail server took it." quiet />
        ) : (
          <Status tone="not-yet" word="To be handed over" tip="No mail went out: whoever invited has the link." quiet />
        )}
        <ConfirmButton
          label={whom}
          sure="Take back, for good"
          acting="Taking back…"
          pending={sending.status === 'pending'}
          onConfirm={() => void revoke()}
          {...onlyNow}
        >
          Take back
        </ConfirmButton>
      </div>
      <SendingProblem sending={sending} refused="The invitation stands" />
    </li>
  )
}
