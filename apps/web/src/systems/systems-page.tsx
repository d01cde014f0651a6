import type { VariablesOf } from 'gql.tada'
import { FirstStep } from '../audit-trail/first-step.tsx'
import { RegisterPage } from '../register/register-page.tsx'
import { useRegister } from '../register/use-register.ts'
import { type RegisterView, useRegisterView } from '../register/use-register-view.ts'
import { useSession } from '../session/use-session.ts'
import { REGISTER_TABS, RoomTabs } from '../things/room-tabs.tsx'
import { RoomLink } from '../things/thing-link.tsx'
import { Issues, RiskClass, SYSTEM_KEYS, systemColumns } from './system-columns.tsx'
import { type SystemRow, systemsQuery } from './systems-documents.ts'

type Variables = VariablesOf<typeof systemsQuery>

/** The register of AI systems. */
export function SystemsPage() {
  const { viewer } = useSession()
  const view = useRegisterView({ name: 'systems', columns: systemColumns, keys: SYSTEM_KEYS })
  const { pages, all } = useRegister(systemsQuery, variablesOf(view), ({ systems }) => systems)
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

const SORTS: Readonly<Record<string, Variables['sort']>> = { name: 'NAME', last: 'LAST_EVENT', issues: 'OPEN_ISSUES' }

function variablesOf({ filter: { values, words }, sort }: RegisterView): Variables {
  return {
    first: 100,
    sort: SORTS[sort ?? 'name'] ?? 'NAME',
    filter: {
      ...(words !== '' && { search: words }),
      ...(values.unit && { businessUnit: values.unit }),
      ...(values.risk && { riskClass: values.risk }),
      ...(values.role && { role: values.role }),
      ...(values.phase && { phase: values.phase }),
      ...(values.owner && { owner: values.owner }),
      ...(values.issue === 'incident' && { hasOpenIncident: true }),
      ...(values.issue === 'violation' && { hasViolation: true }),
      ...(values.state && { retired: values.state === 'retired' }),
    },
  }
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
        <Issues row={row} />
      </div>
    </>
  )
}
