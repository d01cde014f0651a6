import { useNavigate, useSearch } from '@tanstack/react-router'
import { type ReactNode, Suspense, useMemo } from 'react'
import { type EventDoor, EventDoorContext } from '../audit-trail/event-door.ts'
import type { FilterTerm } from '../audit-trail/filter/filter-term.ts'
import { printFilter } from '../audit-trail/filter/print-filter.ts'
import { useSession } from '../session/use-session.ts'
import { lazily } from '../ui/lazily.tsx'

const EventDrawer = lazily(() => import('../audit-trail/drawer/event-drawer.tsx').then((module) => module.EventDrawer))

/** Lets every page open an event beside itself: `?event=<id>`. The trail has its own door, which stands within this one. */
export function PageDoor({ workspace, children }: { readonly workspace: string; readonly children: ReactNode }) {
  const openId = useSearch({ from: '/w/$workspace', select: ({ event }) => event ?? null })
  const navigate = useNavigate()
  const { carried } = useSession()
  const door = useMemo<EventDoor>(() => {
    const toTrail = (terms: readonly FilterTerm[]) =>
      void navigate({ to: '/w/$workspace/events', params: { workspace }, search: { ...carried, q: printFilter(terms) } })
    return {
      workspace,
      openId,
      events: [],
      scope: '',
      onTrail: false,
      open: (id) => void navigate({ to: '.', search: (search) => ({ ...search, event: id }), replace: openId !== null }),
      close: () => void navigate({ to: '.', search: ({ event: _, ...rest }) => rest }),
      addTerm: (term) => toTrail([term]),
      setTerms: toTrail,
    }
  }, [workspace, openId, navigate, carried])
  return (
    <EventDoorContext value={door}>
      {children}
      {openId !== null && (
        <Suspense>
          <EventDrawer />
        </Suspense>
      )}
    </EventDoorContext>
  )
}
