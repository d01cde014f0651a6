import type { ReactNode } from 'react'
import { EventOpen } from '../audit-trail/event-open.tsx'
import { BothRead } from '../comparison/both-read.tsx'
import { ChangeMark, CountChange } from '../comparison/change-mark.tsx'
import { nameOf, recordedBetween, useComparison } from '../comparison/comparison.ts'
import { type Change, changedFirst, changeOf, pairUp, type TextOf } from '../comparison/pair.ts'
import { Side } from '../comparison/side.tsx'
import { SideBySide } from '../comparison/side-by-side.tsx'
import { grouped } from '../format/numbers.ts'
import { words } from '../format/words.ts'
import { Page } from '../frame/page.tsx'
import { NamedThing, ThingName } from '../things/named-thing.tsx'
import { NoSuchThing } from '../things/no-such-thing.tsx'
import { ApprovalMark, IncidentMark, ViolationMark } from '../things/statuses.tsx'
import { RoomLink, ThingLink } from '../things/thing-link.tsx'
import { Instant } from '../ui/instant.tsx'
import { Notice } from '../ui/notice.tsx'
import { Card, Nothing, Section } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Issues, issuesOf } from './system-columns.tsx'
import { FactValue, NATURE, STANDING } from './system-fact-list.tsx'
import { DeployedApproval, isOver, Validity } from './system-parts.tsx'
import { type System, type SystemMatters, systemMattersQuery, systemQuery } from './systems-documents.ts'

/** The API gives no more on a page. */
const MOST = 100

/** One system on two dates. */
export function SystemComparison({ id }: { readonly id: string }) {
  return (
    <BothRead document={systemQuery} variables={{ id }} what="The system" loading={<Loading id={id} />}>
      {(earlier, later) => (
        <Page title={later.system?.name ?? id} above={<Above id={id} />} actions={<Between id={id} />}>
          {later.system === null ? <NoSuchThing what="system" list="/systems" /> : <Parts earlier={earlier.system} later={later.system} />}
        </Page>
      )}
    </BothRead>
  )
}

function Above({ id }: { readonly id: string }) {
  return (
    <>
      <RoomLink to="/systems">Systems</RoomLink>
      <span aria-hidden>/</span>
      <span className="font-mono">{id}</span>
    </>
  )
}

function Loading({ id }: { readonly id: string }) {
  return (
    <Page title={id} above={<Above id={id} />}>
      <Skeleton lines={12} what="the system on both dates" />
    </Page>
  )
}

function Between({ id }: { readonly id: string }) {
  return (
    <Side of="later">
      <RoomLink
        to="/events"
        search={`about:aisystem:${id} ${recordedBetween(useComparison())}`}
        className="rounded px-2 py-1 text-sm font-medium text-accent-ink hover:underline"
      >
        What was recorded in between
      </RoomLink>
    </Side>
  )
}

interface PartsProps {
  readonly earlier: System | null
  readonly later: System
}

function Parts({ earlier, later }: PartsProps) {
  const { earlier: first } = useComparison()
  return (
    <>
      {earlier === null && (
        <Card>
          <Nothing title={`Not registered on ${nameOf(first)}.`}>It was registered later: there is nothing to compare it with.</Nothing>
        </Card>
      )}
      <Facts earlier={earlier} later={later} />
      <BothRead
        document={systemMattersQuery}
        variables={{ system: later.id, first: MOST }}
        what="What is open"
        loading={<Skeleton lines={6} what="what was open on both dates" />}
      >
        {(before, after) => <Open earlier={before} later={after} />}
      </BothRead>
      <Made earlier={earlier} later={later} />
    </>
  )
}

/** What people decided, and what went wrong. */
function Open({ earlier, later }: { readonly earlier: SystemMatters; readonly later: SystemMatters }) {
  return (
    <>
      <Matters
        title="Approvals"
        what="Approval of"
        nothing="No approval was asked for by either date."
        earlier={nodes(earlier.approvals)}
        later={nodes(later.approvals)}
        more={more(earlier.approvals, later.approvals)}
        keyOf={({ id }) => id}
        textOf={({ status, inForce }) => `${status} ${inForce}`}
        nameOf={({ id, subject, subjectName }) => (
          <RoomLink to={`/approvals/${encodeURIComponent(id)}`}>
            <ThingName reference={subject} name={subjectName} />
          </RoomLink>
        )}
        absent="Not asked for yet"
        show={({ status, inForce, notInForceBecause, event }) => (
          <EventOpen event={event}>
            <ApprovalMark status={status} inForce={inForce} because={notInForceBecause} />
          </EventOpen>
        )}
      />
      <Matters
        title="Incidents"
        what="Incident"
        nothing="No incident was recorded by either date."
        earlier={nodes(earlier.incidents)}
        later={nodes(later.incidents)}
        more={more(earlier.incidents, later.incidents)}
        keyOf={({ id }) => id}
        textOf={({ status, severity }) => `${status} ${severity}`}
        nameOf={({ id, title }) => <ThingLink reference={`incident:${id}`}>{title ?? id}</ThingLink>}
        absent="Not reported yet"
        show={({ status, severity, event }) => (
          <>
            <EventOpen event={event}>
              <IncidentMark status={status} />
            </EventOpen>{' '}
            <span className="text-xs text-ink-3">{words(severity)}</span>
          </>
        )}
      />
      <Matters
        title="Violations"
        what="Rule"
        nothing="No violation was recorded by either date."
        earlier={nodes(earlier.violations)}
        later={nodes(later.violations)}
        more={more(earlier.violations, later.violations)}
        keyOf={({ id }) => id}
        textOf={({ resolvedAt }) => `${resolvedAt}`}
        nameOf={({ rule, subject, subjectName }) => (
          <>
            {words(rule)} <NamedThing reference={subject} name={subjectName} />
          </>
        )}
        absent="Not yet"
        show={({ resolvedAt, event }) => (
          <EventOpen event={event}>
            <ViolationMark resolvedAt={resolvedAt} />
          </EventOpen>
        )}
      />
    </>
  )
}

/** What runs, what is written about it, and what it needs. */
function Made({ earlier, later }: PartsProps) {
  const dates = useComparison()
  return (
    <>
      <Matters
        title="Models deployed"
        what="Model"
        nothing="Nothing was deployed on either date, as far as the record says."
        earlier={earlier?.models ?? []}
        later={later.models}
        keyOf={({ model, version, environment }) => `${model}@${version} ${environment}`}
        textOf={({ share, approvalInForce }) => `${share} ${approvalInForce}`}
        nameOf={({ model, name, version, environment }) => (
          <>
            <ThingLink reference={`model:${model}@${version}`}>
              {name ?? model} {version}
            </ThingLink>{' '}
            <span className="text-xs text-ink-3">{environment}</span>
          </>
        )}
        absent="Not deployed"
        show={(deployed) => (
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <EventOpen event={deployed.event}>
              {deployed.share === null ? 'Deployed' : `${Math.round(deployed.share * 100)} % of traffic`}
            </EventOpen>
            <span className="inline-flex items-center gap-1 text-xs text-ink-3">
              Approval: <DeployedApproval deployed={deployed} />
            </span>
          </span>
        )}
      />
      <Matters
        title="Documents"
        what="Document"
        nothing="No document was attached by either date."
        earlier={earlier?.documents ?? []}
        later={later.documents}
        keyOf={({ event }) => event}
        textOf={({ validUntil }, side) => `${validUntil} ${validUntil !== null && isOver(validUntil, dates[side].now())}`}
        nameOf={({ title, kind }) => title ?? words(kind)}
        absent="Not attached"
        show={(document) => (
          <EventOpen event={document.event}>
            <Validity document={document} />
          </EventOpen>
        )}
      />
      <Matters
        title="Depends on"
        what="On"
        nothing="No dependency was declared by either date."
        earlier={earlier?.dependencies ?? []}
        later={later.dependencies}
        keyOf={({ on, kind }) => `${on} ${kind}`}
        textOf={({ kind }) => kind}
        nameOf={({ on }) => <ThingLink reference={on} />}
        absent="Not declared"
        show={({ kind, since, event }) => (
          <EventOpen event={event}>
            {words(kind)} since <Instant at={since} />
          </EventOpen>
        )}
      />
    </>
  )
}

interface Connection<Row> {
  readonly edges: readonly { readonly node: Row }[]
  readonly count: { readonly value: number }
}

function nodes<Row>({ edges }: Connection<Row>): readonly Row[] {
  return edges.map(({ node }) => node)
}

function more(earlier: Connection<unknown>, later: Connection<unknown>): boolean {
  return [earlier, later].some(({ edges, count }) => count.value > edges.length)
}

function Facts({ earlier, later }: PartsProps) {
  const absent = <span className="text-ink-3">Not registered yet</span>
  const told = [...NATURE, ...STANDING].filter(
    ({ onlyIfRecorded, value }) => !onlyIfRecorded || value(later) !== null || (earlier !== null && value(earlier) !== null),
  )
  const facts = told.map((fact) => {
    const change: Change = earlier === null ? 'added' : fact.value(earlier) === fact.value(later) ? 'same' : 'changed'
    return {
      key: fact.label,
      title: fact.label,
      earlier: earlier === null ? absent : <FactValue system={earlier} fact={fact} />,
      later: <FactValue system={later} fact={fact} />,
      change: <ChangeMark change={change} />,
      changed: change === 'changed',
    }
  })
  const issues = earlier !== null && issuesOf(earlier).join() === issuesOf(later).join()
  const events = (system: System) => (
    <RoomLink to="/events" search={`about:aisystem:${system.id}`}>
      {grouped(system.events)}
    </RoomLink>
  )
  return (
    <Section title="Facts" note="Each opens the event that says so">
      <SideBySide
        label="Facts on both dates"
        what="Fact"
        lines={[
          ...facts,
          {
            key: 'issues',
            title: 'Open issues',
            earlier: earlier === null ? absent : <Issues row={earlier} />,
            later: <Issues row={later} />,
            change: <ChangeMark change={issues ? 'same' : earlier === null ? 'added' : 'changed'} />,
            changed: earlier !== null && !issues,
          },
          {
            key: 'events',
            title: 'Events',
            earlier: earlier === null ? absent : events(earlier),
            later: events(later),
            change: <CountChange earlier={earlier?.events ?? 0} later={later.events} bad={false} />,
            changed: false,
          },
        ]}
      />
    </Section>
  )
}

interface MattersProps<Row> {
  readonly title: string
  readonly what: string
  readonly nothing: string
  readonly earlier: readonly Row[]
  readonly later: readonly Row[]
  /** There are more than were read. */
  readonly more?: boolean
  readonly keyOf: (row: Row) => string
  readonly textOf: TextOf<Row>
  readonly nameOf: (row: Row) => ReactNode
  /** Where it did not exist on a date. */
  readonly absent: string
  readonly show: (row: Row) => ReactNode
}

/** What there is of a kind on either date, what changed first. */
function Matters<Row>(props: MattersProps<Row>) {
  const { title, what, keyOf, textOf, show } = props
  const pairs = changedFirst(pairUp(props.earlier, props.later, keyOf), textOf)
  const differ = pairs.filter((pair) => changeOf(pair, textOf) !== 'same').length
  return (
    <Section
      title={title}
      note={pairs.length === 0 ? undefined : differ === 0 ? 'Nothing differs' : `${grouped(differ)} of ${grouped(pairs.length)} differ`}
    >
      {props.more && (
        <div className="pb-2">
          <Notice tone="warn" title={`Only the newest ${MOST} of each date are compared`} />
        </div>
      )}
      {pairs.length === 0 ? (
        <Card>
          <Nothing title={props.nothing} />
        </Card>
      ) : (
        <SideBySide
          label={`${title} on both dates`}
          what={what}
          lines={pairs.map((pair) => {
            const { key, earlier, later } = pair
            const row = later ?? earlier
            const change = changeOf(pair, textOf)
            const absent = <span className="text-ink-3">{props.absent}</span>
            return {
              key,
              title: row !== null && <Side of={later === null ? 'earlier' : 'later'}>{props.nameOf(row)}</Side>,
              earlier: earlier === null ? absent : show(earlier),
              later: later === null ? absent : show(later),
              change: <ChangeMark change={change} />,
              changed: change !== 'same',
            }
          })}
        />
      )}
    </Section>
  )
}
