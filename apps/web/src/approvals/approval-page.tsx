import { getRouteApi } from '@tanstack/react-router'
import { EventOpen } from '../audit-trail/event-open.tsx'
import { approveDecision, refuseDecision, withdrawDecision } from '../decisions/approval-decisions.ts'
import { DecisionButton } from '../decisions/decision-button.tsx'
import { refusalTitle } from '../decisions/refusal-words.ts'
import { sentence } from '../format/sentence.ts'
import { words } from '../format/words.ts'
import { Page, WhatIsRead } from '../frame/page.tsx'
import { useReading } from '../reading/use-reading.ts'
import { may } from '../session/may.ts'
import { ONLY_NOW } from '../session/use-only-now.ts'
import { useSession } from '../session/use-session.ts'
import { NamedThing } from '../things/named-thing.tsx'
import { NoSuchThing } from '../things/no-such-thing.tsx'
import { PersonName } from '../things/person-name.tsx'
import { ApprovalMark } from '../things/statuses.tsx'
import { RoomLink, ThingLink } from '../things/thing-link.tsx'
import { Timeline } from '../things/timeline.tsx'
import { whyNotInForce } from '../things/vocabulary.ts'
import { Instant } from '../ui/instant.tsx'
import { Notice } from '../ui/notice.tsx'
import { Row, Rows } from '../ui/rows.tsx'
import { Card, Section } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Status } from '../ui/status.tsx'
import { type Approval, approvalQuery } from './approvals-documents.ts'

const route = getRouteApi('/w/$workspace/approvals/$id')

export function ApprovalPage() {
  const { id } = route.useParams()
  const { reading, again } = useReading(approvalQuery, { id })
  const approval = reading.status === 'read' ? reading.data.approval : null
  return (
    <Page
      title={approval ? `Approval of ${approval.subjectName ?? approval.subject}` : id}
      above={
        <>
          <RoomLink to="/approvals">Approvals</RoomLink>
          <span aria-hidden>/</span>
          <span className="font-mono">{id}</span>
        </>
      }
      beside={approval && <ApprovalMark status={approval.status} inForce={approval.inForce} because={approval.notInForceBecause} />}
    >
      <WhatIsRead reading={reading} again={again} what="The approval" loading={<Skeleton lines={10} what="the approval" />}>
        {(data) => (data.approval === null ? <NoSuchThing what="approval" list="/approvals" /> : <Parts approval={data.approval} />)}
      </WhatIsRead>
    </Page>
  )
}

function Parts({ approval }: { readonly approval: Approval }) {
  return (
    <>
      {approval.status === 'PENDING' && approval.subjectChangedAt !== null && <ChangedSince at={approval.subjectChangedAt} />}
      <YourDecision approval={approval} />
      <Terms approval={approval} />
      <Votes approval={approval} />
      <Timeline filter={{ stream: `approval-${approval.id}` }} search={`stream:approval-${approval.id}`} />
    </>
  )
}

function ChangedSince({ at }: { readonly at: string }) {
  return (
    <Notice tone="warn" title="What was asked for is no longer what there is">
      It changed materially on <Instant at={at} />, after it was asked for. Granted, this approval would not be in force: ask for a new one.
    </Notice>
  )
}

/** What the reader may do about it now, or why nothing. */
function YourDecision({ approval }: { readonly approval: Approval }) {
  const { viewer, inPast } = useSession()
  const { status, mayDecide, mayNotBecause, requestedBy, onBehalfOf, approvers } = approval
  const concerned = [requestedBy.id, onBehalfOf, ...approvers].includes(viewer.id)
  const mayWithdraw = may(viewer, 'approvals') && concerned && (status === 'PENDING' || status === 'GRANTED')
  const whyNot = inPast
    ? onlyNowOf(status)
    : mayNotBecause === null || mayNotBecause === 'NOT_PENDING'
      ? null
      : sentence(refusalTitle(mayNotBecause))
  if (!mayDecide && !mayWithdraw && whyNot === null) return null
  return (
    <Section title="Your decision">
      <Card className="flex flex-wrap items-center gap-3 p-4">
        {mayDecide ? (
          <>
            <DecisionButton look="primary" decision={() => approveDecision(approval)}>
              Approve
            </DecisionButton>
            <DecisionButton decision={() => refuseDecision(approval)}>Refuse</DecisionButton>
          </>
        ) : (
          <p className="text-sm text-ink-2">{whyNot ?? 'It is granted; you may take it back.'}</p>
        )}
        {mayWithdraw && (
          <span className="ml-auto">
            <DecisionButton look="quiet" decision={() => withdrawDecision(approval)}>
              Withdraw
            </DecisionButton>
          </span>
        )}
      </Card>
    </Section>
  )
}

function onlyNowOf(status: Approval['status']): string | null {
  return status === 'PENDING' ? ONLY_NOW : null
}

function Terms({ approval }: { readonly approval: Approval }) {
  return (
    <Section title="What was asked for">
      <Card className="p-4">
        <Rows>
          <Row label="Approval of">
            <NamedThing reference={approval.subject} name={approval.subjectName} />
          </Row>
          <Row label="As known at">
            <EventOpen event={approval.event} tip="The request">
              no. {approval.subjectVersion} of its history
            </EventOpen>
          </Row>
          <Row label="Gate">{approval.gate === null ? '–' : words(approval.gate)}</Row>
          <Row label="Requested by">
            <PersonName actor={approval.requestedBy} />
          </Row>
          {approval.onBehalfOf !== null && (
            <Row label="On behalf of">
              <PersonName actor={{ kind: 'PERSON', id: approval.onBehalfOf }} />
            </Row>
          )}
          <Row label="Requested">
            <EventOpen event={approval.event}>
              <Instant at={approval.requestedAt} />
            </EventOpen>
          </Row>
          <Row label={approval.inForce ? 'In force until' : 'Until'}>
            <Instant at={approval.expiresAt} />
          </Row>
          <Row label="Reason">{approval.reason ?? '–'}</Row>
          {approval.systems.length > 0 && (
            <Row label="Systems">
              <span className="flex flex-wrap gap-x-2 gap-y-1">
                {approval.systems.map((system) => (
                  <ThingLink key={system} reference={`aisystem:${system}`} />
                ))}
              </span>
            </Row>
          )}
          {approval.endReason !== null && <Row label="Ended because">{approval.endReason}</Row>}
          {approval.notInForceBecause !== null && <Row label="Not in force">{whyNotInForce(approval.notInForceBecause)}</Row>}
        </Rows>
      </Card>
    </Section>
  )
}

function Votes({ approval }: { readonly approval: Approval }) {
  const { quorum, approvers, given } = approval
  return (
    <Section title="Who decides" note={`${given.length} of ${quorum} needed`}>
      <Card>
        <ul>
          {approvers.map((person) => (
            <li key={person} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2 text-sm last:border-b-0">
              <span className="min-w-0 flex-1 max-sm:basis-full">
                <PersonName actor={{ kind: 'PERSON', id: person }} />
              </span>
              <Vote person={person} approval={approval} />
            </li>
          ))}
        </ul>
      </Card>
    </Section>
  )
}

function Vote({ person, approval: { given, refusedBy, status } }: { readonly person: string; readonly approval: Approval }) {
  const vote = given.find((candidate) => candidate.person === person)
  if (vote) {
    return (
      <>
        <EventOpen event={vote.event}>
          <Instant at={vote.at} />
        </EventOpen>
        <Status tone="met" word="Approved" />
      </>
    )
  }
  if (refusedBy === person) return <Status tone="missing" word="Refused" />
  return status === 'PENDING' ? <Status tone="not-yet" word="Not yet" /> : <Status tone="none" word="Did not decide" />
}
