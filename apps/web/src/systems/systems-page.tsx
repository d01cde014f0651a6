import type { VariablesOf } from 'gql.tada'
import { Suspense, use } from 'react'
import { FirstStep } from '../audit-trail/first-step.tsx'
import { ComparisonContext } from '../comparison/comparison.ts'
import { RegisterPage } from '../register/register-page.tsx'
import { useRegister } from '../register/use-register.ts'
import { type RegisterView, useRegisterView } from '../register/use-register-view.ts'
import { useSession } from '../session/use-session.ts'
import { REGISTER_TABS, RoomTabs } from '../things/room-tabs.tsx'
import { RoomLink } from '../things/thing-link.tsx'
import { lazily } from '../ui/lazily.tsx'
import { Issues, issuesOf, RiskClass, SYSTEM_KEYS, systemColumns } from './system-columns.tsx'
import { type SystemRow, systemsQuery } from './systems-documents.ts'
import { filterOf } from './systems-filter.ts'

const SystemsComparison = lazily(() => import('./systems-comparison.tsx').then((module) => module.SystemsComparison))

/** The register of AI systems. */
export function SystemsPage() {
  const view = useRegisterView({ name: 'systems', columns: systemColumns, keys: SYSTEM_KEYS })
  if (use(ComparisonContext) === null) return <OneDate view={view} />
  return (
    <Suspense>
      <SystemsComparison view={view} />
    </Suspense>
  )
}

function OneDate({ view }: { readonly view: RegisterView }) {
  const { viewer } = useSession()
  const variables = { first: 100, sort: SORTS[view.sort ?? 'name'] ?? 'NAME', filter: filterOf(view) } as const
  const { pages, all } = useRegister(systemsQuery, variables, ({ systems }) => systems)
  return (
    <RegisterPage
      title="Systems"
      one="system"
      many="systems"
      tabs={<RoomTabs label="Registers" tabs={REGISTER_TABS} />}
      columns={systemColumns}
      view={view}
      pages={pages}
      all={all}
      target={({ id }) => ({ path: `/w/${viewer.workspace.id}/systems/${encodeURIComponent(id)}` })}
      card={(row) => <SystemCard row={row} />}
      empty={<FirstStep />}
    />
  )
}

const SORTS: Readonly<Record<string, VariablesOf<typeof systemsQuery>['sort']>> = {
  name: 'NAME',
  last: 'LAST_EVENT',
  issues: 'OPEN_ISSUES',
}

function SystemCard({ row }: { readonly row: SystemRow }) {
  return (
    <>
      <h2 className="truncate text-sm font-medium">
        <RoomLink to={`/systems/${encodeURIComponent(row.id)}`} className="after:absolute after:inset-0">
          {row.name ?? row.id}
        </RoomLink>
      </h2>
      <p className="mt-0.5 flex flex-wrap gap-x-2 text-xs text-ink-2">
        <RiskClass id={row.riskClass} />
        {row.businessUnit !== null && <span>· {row.businessUnit}</span>}
      </p>
      <div className="relative mt-1.5">
        {issuesOf(row).length === 0 ? <span className="text-xs text-ink-3">No open issues</span> : <Issues row={row} />}
      </div>
    </>
  )
}
