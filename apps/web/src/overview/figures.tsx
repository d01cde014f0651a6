import { RoomLink } from '../things/thing-link.tsx'
import { Figure } from '../ui/figure.tsx'
import type { Overview } from './overview-documents.ts'

/** The numbers, the bad ones first; each leads to what it counts. */
export function Figures({ overview }: { readonly overview: Overview }) {
  const { pendingForMe } = overview
  return (
    <ul
      className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-4 xl:grid-cols-8"
      aria-label="Figures"
    >
      <Door to="/incidents" search="clock:overdue">
        <Figure name="Overdue clocks" value={overview.overdueIncidents} tone="bad" />
      </Door>
      <Door to="/violations" search="state:open">
        <Figure name="Open violations" value={overview.openViolations} tone="bad" />
      </Door>
      <Door to="/incidents" search="state:open">
        <Figure name="Open incidents" value={overview.openIncidents} tone="warn" />
      </Door>
      <Door to="/models" search="drift:open">
        <Figure name="Drift alerts" value={overview.driftAlerts} tone="warn" />
      </Door>
      <Door to="/approvals" search={pendingForMe > 0 ? 'for:me' : 'status:pending'}>
        <Figure
          name="Pending approvals"
          value={overview.pendingApprovals}
          hint={pendingForMe > 0 ? `${pendingForMe} for you` : undefined}
        />
      </Door>
      <Door to="/approvals" search="status:lapsed">
        <Figure name="Lapsed approvals" value={overview.lapsedApprovals} tone="warn" />
      </Door>
      <li className="bg-surface">
        <a href="#bad-news" className={DOOR}>
          <Figure name="Expiring evidence" value={overview.expiringEvidence} tone="warn" />
        </a>
      </li>
      <Door to="/systems" search="state:active">
        <Figure name="Systems" value={overview.systems} />
      </Door>
    </ul>
  )
}

const DOOR = 'block h-full hover:bg-hover outline-offset-[-2px]'

function Door({ to, search, children }: { readonly to: string; readonly search?: string; readonly children: React.ReactNode }) {
  return (
    <li className="bg-surface">
      <RoomLink to={to} search={search} className={DOOR}>
        {children}
      </RoomLink>
    </li>
  )
}
