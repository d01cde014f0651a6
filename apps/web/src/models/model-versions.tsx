import { EventOpen } from '../audit-trail/event-open.tsx'
import { requestDecision } from '../decisions/approval-decisions.ts'
import { DecisionButton } from '../decisions/decision-button.tsx'
import { exactNumber } from '../format/numbers.ts'
import { words } from '../format/words.ts'
import { may } from '../session/may.ts'
import { useSession } from '../session/use-session.ts'
import { RoomLink, ThingLink } from '../things/thing-link.tsx'
import { titleOf } from '../things/vocabulary.ts'
import { Instant } from '../ui/instant.tsx'
import { Row, Rows } from '../ui/rows.tsx'
import { Card, Nothing, Section } from '../ui/section.tsx'
import { Status } from '../ui/status.tsx'
import type { Model, ModelVersion } from './models-documents.ts'

/** Every version, the newest first: what it is made of, how it was evaluated, and whether it is approved. */
export function ModelVersions({ model }: { readonly model: Model }) {
  const { edges, pageInfo } = model.versions
  return (
    <Section title="Versions">
      <Card>
        {edges.length === 0 && (
          <Nothing title="No version is registered.">A pipeline records ModelVersionRegistered when it has trained one.</Nothing>
        )}
        {edges.map(({ node }, index) => (
          <Version key={node.version} model={model} version={node} open={index === 0} />
        ))}
        {pageInfo.hasNextPage && (
          <p className="border-t border-line px-4 py-2 text-sm">
            <RoomLink to="/events" search={`stream:model-${model.id} type:ModelVersionRegistered`}>
              Earlier versions in the audit trail
            </RoomLink>
          </p>
        )}
      </Card>
    </Section>
  )
}

function Version({ model, version, open }: { readonly model: Model; readonly version: ModelVersion; readonly open: boolean }) {
  const failed = version.evaluations.filter(({ passed }) => passed === false).length
  return (
    <details open={open} className="group border-b border-line last:border-b-0">
      <summary className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-sm hover:bg-hover">
        <span className="font-medium">Version {version.version}</span>
        {version.stage !== null && <span className="text-xs text-ink-2">{titleOf(version.stage)}</span>}
        {version.approvalInForce ? <Status tone="met" word="Approval in force" /> : <Status tone="none" word="No approval in force" />}
        {failed > 0 && <Status tone="missing" word={`${failed} failed`} quiet />}
        <span className="ml-auto text-xs text-ink-2">
          <Instant at={version.registeredAt} />
        </span>
      </summary>
      <div className="grid gap-4 px-4 pt-1 pb-4 lg:grid-cols-2">
        <Rows>
          <Row label="Registered by">
            <EventOpen event={version.event}>this event</EventOpen>
          </Row>
          <Row label="Artefact">
            {version.artifact === null ? '–' : <span className="font-mono text-xs break-all">{version.artifact}</span>}
          </Row>
          {version.derivedFrom !== null && (
            <Row label="Derived from">
              <ThingLink reference={version.derivedFrom} />
            </Row>
          )}
          <Row label="Trained on">
            {version.trainedOn.length === 0 ? (
              '–'
            ) : (
              <span className="flex flex-wrap gap-x-2 gap-y-1">
                {version.trainedOn.map((dataset) => (
                  <ThingLink key={dataset} reference={dataset} />
                ))}
              </span>
            )}
          </Row>
          {version.metrics.map(({ name, value }) => (
            <Row key={name} label={name}>
              <EventOpen event={version.event}>
                <span className="tabular">{exactNumber(value)}</span>
              </EventOpen>
            </Row>
          ))}
          <Row label="Approval">
            <VersionApproval model={model} version={version} />
          </Row>
        </Rows>
        <Evaluations version={version} />
      </div>
    </details>
  )
}

function VersionApproval({ model, version }: { readonly model: Model; readonly version: ModelVersion }) {
  const { viewer, now } = useSession()
  if (version.approval !== null) return <RoomLink to={`/approvals/${encodeURIComponent(version.approval)}`}>{version.approval}</RoomLink>
  if (!may(viewer, 'approvals') || model.retiredAt !== null) return 'None'
  return (
    <DecisionButton decision={() => requestDecision({ subject: `model:${model.id}@${version.version}`, systems: [], now: now() })}>
      Request approval of version {version.version}
    </DecisionButton>
  )
}

function Evaluations({ version: { evaluations } }: { readonly version: ModelVersion }) {
  return (
    <div>
      <h3 className="pb-1.5 text-xs font-medium text-ink-3">Evaluations</h3>
      {evaluations.length === 0 ? (
        <p className="text-sm text-ink-2">None is recorded.</p>
      ) : (
        <ul className="grid gap-1.5">
          {evaluations.map((evaluation) => (
            <li key={evaluation.event} className="flex items-start gap-2 text-sm">
              <span className="w-20 shrink-0 pt-0.5">
                {evaluation.passed === null ? (
                  <Status tone="none" word="Measured" quiet />
                ) : evaluation.passed ? (
                  <Status tone="met" word="Passed" quiet />
                ) : (
                  <Status tone="missing" word="Failed" quiet />
                )}
              </span>
              <EventOpen event={evaluation.event} tip={words(evaluation.kind)}>
                {evaluation.summary}
              </EventOpen>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
