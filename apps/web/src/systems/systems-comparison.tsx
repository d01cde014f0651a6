import { type ReactNode, useMemo, useRef } from 'react'
import { ChangeMark, CountChange } from '../comparison/change-mark.tsx'
import { nameOf, recordedBetween, useComparison } from '../comparison/comparison.ts'
import type { Change } from '../comparison/pair.ts'
import { Side } from '../comparison/side.tsx'
import { SideBySide } from '../comparison/side-by-side.tsx'
import { useWhole } from '../comparison/use-whole.ts'
import { grouped } from '../format/numbers.ts'
import { Behind, Page, ReadProblem } from '../frame/page.tsx'
import { useShortcuts } from '../frame/shortcuts.ts'
import { FilterBar } from '../register/filter-bar.tsx'
import type { RegisterView } from '../register/use-register-view.ts'
import type { Session } from '../session/session.ts'
import { REGISTER_TABS, RoomTabs } from '../things/room-tabs.tsx'
import { RoomLink } from '../things/thing-link.tsx'
import { titleOf } from '../things/vocabulary.ts'
import { Button } from '../ui/button.tsx'
import { Instant } from '../ui/instant.tsx'
import { Card, Nothing, Section } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Status } from '../ui/status.tsx'
import { useShown } from '../ui/use-shown.ts'
import { type CountedField, changedFields, compareSystems, type SystemPair } from './compare-systems.ts'
import { Issues, issuesOf, RiskClass } from './system-columns.tsx'
import { type SystemRow, systemsQuery } from './systems-documents.ts'
import { filterOf } from './systems-filter.ts'

/** The register of AI systems on two dates: what was registered, retired and changed in between. */
export function SystemsComparison({ view }: { readonly view: RegisterView }) {
  const field = useRef<HTMLInputElement>(null)
  useShortcuts({ '/': () => field.current?.focus() })
  return (
    <Page title="Systems">
      <RoomTabs label="Registers" tabs={REGISTER_TABS} />
      <FilterBar field={field} view={view} many="systems" />
      {view.filter.problems.length === 0 ? (
        <Compared view={view} />
      ) : (
        <Card>
          <Nothing title="The filter can’t be read">
            Nothing is compared until it can, so that nothing here is mistaken for its result.
          </Nothing>
        </Card>
      )}
    </Page>
  )
}

/** Both whole registers, and what matches the filter in each: a system that left the filter's condition is not gone. */
function Compared({ view }: { readonly view: RegisterView }) {
  const { earlier, later } = useComparison()
  const lists = {
    earlier: useSystems(earlier, {}),
    later: useSystems(later, {}),
    earlierMatching: useSystems(earlier, filterOf(view)),
    laterMatching: useSystems(later, filterOf(view)),
  }
  const { rows: before } = lists.earlier
  const { rows: after } = lists.later
  const matching = useMemo(
    () => new Set([...lists.earlierMatching.rows, ...lists.laterMatching.rows].map(({ id }) => id)),
    [lists.earlierMatching.rows, lists.laterMatching.rows],
  )
  const compared = useMemo(() => compareSystems({ earlier: before, later: after, matching }), [before, after, matching])
  const all = Object.values(lists)
  const failed = all.find(({ problem }) => problem !== null)
  if (!all.every(({ whole }) => whole)) {
    if (failed?.problem) return <ReadProblem problem={failed.problem} what="The systems of both dates" again={failed.again} />
    return <Loading read={before.length + after.length} of={sum(lists.earlier.of, lists.later.of)} />
  }
  return (
    <>
      {failed?.problem && <Behind problem={failed.problem} again={failed.again} />}
      <Summary compared={compared} />
      {matching.size === 0 ? (
        <Card>
          <Nothing title={view.line === '' ? 'No system was registered by either date.' : 'No system matches the filter on either date.'} />
        </Card>
      ) : (
        <Changes compared={compared} />
      )}
    </>
  )
}

function useSystems(session: Session, filter: ReturnType<typeof filterOf>) {
  return useWhole(session, systemsQuery, { first: 100, sort: 'NAME', filter }, ({ systems }) => systems)
}

function sum(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other
}

function Loading({ read, of }: { readonly read: number; readonly of: number | null }) {
  return (
    <Card className="px-4">
      <Skeleton lines={8} what="the systems of both dates" />
      {of !== null && read > 0 && (
        <p className="late pb-4 text-sm text-ink-3 tabular">
          Reading both lists: {grouped(read)} of {grouped(of)}
        </p>
      )}
    </Card>
  )
}

type Groups = ReturnType<typeof compareSystems>

const GROUPS: readonly { readonly change: Change; readonly title: string; readonly word: string }[] = [
  { change: 'added', title: 'Registered in between', word: 'registered' },
  { change: 'gone', title: 'Retired in between', word: 'retired' },
  { change: 'changed', title: 'Changed', word: 'changed' },
  { change: 'same', title: 'The same on both dates', word: 'the same' },
]

function Summary({ compared }: { readonly compared: Groups }) {
  return (
    <p role="status" className="flex flex-wrap gap-x-4 gap-y-1" data-testid="compared">
      {GROUPS.map(({ change, word }) => (
        <ChangeMark key={change} change={change} word={`${grouped(compared[change].length)} ${word}`} />
      ))}
    </p>
  )
}

function Changes({ compared }: { readonly compared: Groups }) {
  const { earlier, later } = useComparison()
  return (
    <>
      <Group pairs={compared.added} title={`Registered since ${nameOf(earlier)}`} show={(pair) => <Added key={pair.key} pair={pair} />} />
      <Group pairs={compared.gone} title={`Retired since ${nameOf(earlier)}`} show={(pair) => <Changed key={pair.key} pair={pair} />} />
      <Group pairs={compared.changed} title="Changed" show={(pair) => <Changed key={pair.key} pair={pair} />} />
      <Group
        pairs={compared.same}
        title="The same on both dates"
        folded
        show={(pair) => (
          <Side key={pair.key} of="later">
            <SystemHead pair={pair} />
          </Side>
        )}
      />
      {compared.added.length + compared.gone.length + compared.changed.length === 0 && (
        <p className="text-sm text-ink-2">
          Nothing differs between {nameOf(earlier)} and {nameOf(later)} but the events that came about them.
        </p>
      )}
    </>
  )
}

const STEP = 50

interface GroupProps {
  readonly pairs: readonly SystemPair[]
  readonly title: string
  readonly folded?: boolean
  readonly show: (pair: SystemPair) => ReactNode
}

function Group({ pairs, title, folded = false, show }: GroupProps) {
  const { shown, left, showMore, list } = useShown(pairs, folded ? 0 : STEP, STEP)
  if (pairs.length === 0) return null
  const next = grouped(Math.min(left, STEP))
  return (
    <Section title={title} note={grouped(pairs.length)}>
      <div ref={list} className="grid grid-cols-[minmax(0,1fr)] gap-3">
        {shown.map(show)}
      </div>
      {left > 0 && (
        <Button className={shown.length === 0 ? '' : 'mt-3'} onClick={showMore}>
          {shown.length > 0 ? `Show ${next} more` : left <= STEP ? 'Show them' : `Show ${next} of them`}
        </Button>
      )}
    </Section>
  )
}

/** Which system, and what was recorded about it in between. */
function SystemHead({ pair: { key, earlier, later }, children }: { readonly pair: SystemPair; readonly children?: ReactNode }) {
  const comparison = useComparison()
  const name = later?.name ?? earlier?.name ?? key
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 pb-1.5 wrap-anywhere">
      <h3 className="text-sm font-medium">
        <RoomLink to={`/systems/${encodeURIComponent(key)}`}>{name}</RoomLink>
      </h3>
      {children}
      <span className="ml-auto text-xs">
        <RoomLink to="/events" search={`about:aisystem:${key} ${recordedBetween(comparison)}`} tip="On the audit trail">
          Events in between
        </RoomLink>
      </span>
    </div>
  )
}

function Added({ pair }: { readonly pair: SystemPair }) {
  const { later } = pair
  if (later === null) return null
  return (
    <Side of="later">
      <Card className="px-4 py-2.5 text-sm">
        <SystemHead pair={pair}>
          <ChangeMark change="added" />
        </SystemHead>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-2">
          <RiskClass id={later.riskClass} />
          {later.businessUnit !== null && <span>{later.businessUnit}</span>}
          {later.owner !== null && <span className="wrap-anywhere">{later.owner}</span>}
          <span>
            registered <Instant at={later.registeredAt} />
          </span>
          {issuesOf(later).length === 0 ? <span>no open issues</span> : <Issues row={later} />}
        </p>
      </Card>
    </Side>
  )
}

function Changed({ pair }: { readonly pair: SystemPair }) {
  const { earlier, later } = pair
  if (earlier === null) return null
  const retired = later === null || (earlier.retiredAt === null && later.retiredAt !== null)
  return (
    <div>
      <Side of="later">
        <SystemHead pair={pair}>{retired && <ChangeMark change="gone" word="Retired" />}</SystemHead>
      </Side>
      <SideBySide
        label={`What changed of ${later?.name ?? earlier.name}`}
        what="What"
        lines={changedFields(pair).map((field) => ({
          key: field,
          title: FIELDS[field].title,
          earlier: <FieldValue row={earlier} field={field} />,
          later: later && <FieldValue row={later} field={field} />,
          change: <FieldChange earlier={earlier} later={later ?? earlier} field={field} />,
          changed: false,
        }))}
      />
    </div>
  )
}

type Field =
  | { readonly title: string; readonly kind: 'text'; readonly titled?: true }
  | { readonly title: string; readonly kind: 'count'; readonly to: string; readonly search: string; readonly bad: boolean }
  | { readonly title: string; readonly kind: 'retired' }

const FIELDS: Readonly<Record<CountedField, Field>> = {
  name: { title: 'Name', kind: 'text' },
  riskClass: { title: 'Risk class', kind: 'text', titled: true },
  phase: { title: 'Rollout phase', kind: 'text', titled: true },
  role: { title: 'Our role', kind: 'text', titled: true },
  owner: { title: 'Owner', kind: 'text' },
  businessUnit: { title: 'Business unit', kind: 'text' },
  region: { title: 'Region', kind: 'text' },
  serviceTier: { title: 'Service tier', kind: 'text', titled: true },
  retiredAt: { title: 'State', kind: 'retired' },
  openViolations: { title: 'Open violations', kind: 'count', to: '/violations', search: 'state:open', bad: true },
  openIncidents: { title: 'Open incidents', kind: 'count', to: '/incidents', search: 'state:open', bad: true },
  driftAlerts: { title: 'Drift alerts', kind: 'count', to: '/models', search: 'drift:open', bad: true },
  pendingApprovals: { title: 'Pending approvals', kind: 'count', to: '/approvals', search: 'status:pending', bad: false },
}

/** A number leads to what it counts, a fact to the system's page, where it opens the event that says so. */
function FieldValue({ row, field }: { readonly row: SystemRow; readonly field: CountedField }) {
  const described = FIELDS[field]
  const value = row[field]
  if (described.kind === 'count')
    return (
      <RoomLink to={described.to} search={`${described.search} system:${row.id}`}>
        <span className="tabular">{grouped(Number(value))}</span>
      </RoomLink>
    )
  return <RoomLink to={`/systems/${encodeURIComponent(row.id)}`}>{factOf(described, value)}</RoomLink>
}

function factOf(field: Field, value: SystemRow[CountedField]): ReactNode {
  if (field.kind === 'retired')
    return value === null ? (
      'In the inventory'
    ) : (
      <>
        <Status tone="none" word="Retired" quiet /> <Instant at={String(value)} />
      </>
    )
  if (value === null) return <span className="text-ink-3">Not recorded</span>
  return field.kind === 'text' && field.titled ? titleOf(String(value)) : String(value)
}

interface FieldChangeProps {
  readonly earlier: SystemRow
  readonly later: SystemRow
  readonly field: CountedField
}

function FieldChange({ earlier, later, field }: FieldChangeProps) {
  const described = FIELDS[field]
  if (described.kind === 'count') return <CountChange earlier={Number(earlier[field])} later={Number(later[field])} bad={described.bad} />
  return <ChangeMark change="changed" />
}
