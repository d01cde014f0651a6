import { RoomLink } from '../things/thing-link.tsx'
import { Figure } from '../ui/figure.tsx'
import type { Overview } from './overview-documents.ts'

interface OverviewFigure {
  readonly name: string
  readonly count: (overview: Overview) => number
  readonly tone: 'bad' | 'warn' | 'plain'
  /** The list that it counts; null: it stands among what needs somebody. */
  readonly list: { readonly to: string; readonly search: string } | null
}

/** The numbers, the bad ones first. */
export const FIGURES: readonly OverviewFigure[] = [
  {
    name: 'Overdue clocks',
    count: ({ overdueIncidents }) => overdueIncidents,
    tone: 'bad',
    list: { to: '/incidents', search: 'clock:overdue' },
  },
  {
    name: 'Open violations',
    count: ({ openViolations }) => openViolations,
    tone: 'bad',
    list: { to: '/violations', search: 'state:open' },
  },
  { name: 'Open incidents', count: ({ openIncidents }) => openIncidents, tone: 'warn', list: { to: '/incidents', search: 'state:open' } },
  { name: 'Drift alerts', count: ({ driftAlerts }) => driftAlerts, tone: 'warn', list: { to: '/models', search: 'drift:open' } },
  {
    name: 'Pending approvals',
    count: ({ pendingApprovals }) => pendingApprovals,
    tone: 'plain',
    list: { to: '/approvals', search: 'status:pending' },
  },
  {
    name: 'Lapsed approvals',
    count: ({ lapsedApprovals }) => lapsedApprovals,
    tone: 'warn',
    list: { to: '/approvals', search: 'status:lapsed' },
  },
  { name: 'Expiring evidence', count: ({ expiringEvidence }) => expiringEvidence, tone: 'warn', list: null },
  { name: 'Systems', count: ({ systems }) => systems, tone: 'plain', list: { to: '/systems', search: 'state:active' } },
]

/** Each leads to what it counts; approvals to those that wait for the reader, if there are any. */
export function Figures({ overview }: { readonly overview: Overview }) {
  const { pendingForMe } = overview
  return (
    <ul
      className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-4 xl:grid-cols-8"
      aria-label="Figures"
    >
      {FIGURES.map(({ name, count, tone, list }) => {
        const mine = list?.to === '/approvals' && list.search === 'status:pending' && pendingForMe > 0
        return (
          <li key={name} className="bg-surface">
            <FigureDoor
              list={mine ? { to: list.to, search: 'for:me' } : list}
              className="block h-full hover:bg-hover outline-offset-[-2px]"
            >
              <Figure name={name} value={count(overview)} tone={tone} hint={mine ? `${pendingForMe} for you` : undefined} />
            </FigureDoor>
          </li>
        )
      })}
    </ul>
  )
}

interface FigureDoorProps {
  readonly list: OverviewFigure['list']
  readonly className?: string
  readonly children: React.ReactNode
}

export function FigureDoor({ list, className, children }: FigureDoorProps) {
  if (list === null)
    return (
      <a href="#bad-news" className={className}>
        {children}
      </a>
    )
  return (
    <RoomLink to={list.to} search={list.search} {...(className !== undefined && { className })}>
      {children}
    </RoomLink>
  )
}
