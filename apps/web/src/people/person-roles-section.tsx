import { Suspense, useState } from 'react'
import { useOnlyNow } from '../session/use-only-now.ts'
import { useSession } from '../session/use-session.ts'
import { RoomLink } from '../things/thing-link.tsx'
import { Button } from '../ui/button.tsx'
import { lazily } from '../ui/lazily.tsx'
import { Card, Nothing, Section } from '../ui/section.tsx'
import type { Person } from './people-page-documents.ts'
import { type Role, roleName, whatRoleMay } from './person-roles.ts'

const GrantDialog = lazily(() => import('./grant-dialog.tsx').then((module) => module.GrantDialog))
const RevokeDialog = lazily(() => import('./revoke-dialog.tsx').then((module) => module.RevokeDialog))

/** The roles that somebody holds here, given and taken by administrators. */
export function PersonRoles({ person }: { readonly person: Person }) {
  const { viewer } = useSession()
  const [granting, setGranting] = useState(false)
  const onlyNow = useOnlyNow()
  const [taking, setTaking] = useState<Role | null>(null)
  const administers = viewer.roles.includes('ADMINISTRATOR') && person.status !== 'DEACTIVATED'
  return (
    <Section
      title="Roles"
      actions={
        <>
          <RoomLink
            to="/events"
            search={`stream:workspace-access ${person.id}`}
            className="rounded px-2 py-1 text-sm font-medium text-accent-ink hover:underline"
          >
            Who gave and took them
          </RoomLink>
          {administers && (
            <Button aria-haspopup="dialog" onClick={() => setGranting(true)} {...onlyNow}>
              Grant a role
            </Button>
          )}
        </>
      }
    >
      <Card>
        {person.roles.length === 0 ? (
          <Nothing title="None: nothing can be read or done here." />
        ) : (
          <ul aria-label="Roles" className="divide-y divide-line">
            {person.roles.map((role) => (
              <li key={role} className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-sm">
                <span className="min-w-0 flex-1">
                  <span className="font-medium">{roleName(role)}</span>
                  <span className="block text-xs text-ink-3">{whatRoleMay(role)}</span>
                </span>
                {administers && (
                  <Button aria-haspopup="dialog" aria-label={`Revoke ${roleName(role)}`} onClick={() => setTaking(role)} {...onlyNow}>
                    Revoke
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Card>
      <Suspense>
        {granting && <GrantDialog person={person} onClose={() => setGranting(false)} />}
        {taking !== null && <RevokeDialog person={person} role={taking} onClose={() => setTaking(null)} />}
      </Suspense>
    </Section>
  )
}
