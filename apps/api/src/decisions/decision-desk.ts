import { eventType } from '@annal/domain'
import type { EventReader, Receipt, RecordedEvent } from '@annal/ledger'
import { type EventEnvelope, formatEventReference, parseEventBytes, parseStream } from '@annal/proof'
import type { GuardedStreams } from '../append/guarded-streams.ts'
import type { Recorder } from '../append/recorder.ts'
import type { Refusal } from '../append/refusal.ts'
import type { Caller, Role } from '../identity/caller.ts'
import type { Directory } from '../identity/directory.ts'
import { type Completed, completed, type DecisionProblem, type DecisionRequest, problem } from './decision-request.ts'

export type DecisionOutcome =
  /** The decision first, then what followed from it at once. */
  | { readonly status: 'recorded'; readonly receipts: readonly [Receipt, ...Receipt[]] }
  | { readonly status: 'not-recorded'; readonly refusal: Refusal; readonly path: string | null }
  | DecisionProblem

export interface DecisionSurroundings {
  readonly recorder: Recorder
  readonly guarded: GuardedStreams
  readonly store: EventReader
  readonly directory: Directory
  readonly now: () => string
}

const deciders: readonly Role[] = ['ADMINISTRATOR', 'RISK_MANAGER', 'APPROVER']
/** What can follow from a decision at once, in its own stream. */
const MOST_FOLLOW_UPS = 8
/** Of a thing that people decide on: its stream is short, and no decision waits for one that isn't. */
const MOST_FACTS = 1_000

/** Records what people decide: completes the request from the record, and hands it to the recorder like any other event. */
export class DecisionDesk {
  constructor(private readonly around: DecisionSurroundings) {}

  /** @throws TypedError FORBIDDEN when a role was taken from the caller since he asked. */
  async decide(request: DecisionRequest, caller: Caller): Promise<DecisionOutcome> {
    const stream = streamOf(request, caller)
    const before = stream === null ? null : await this.recordedBefore(stream, request.id)
    if (before !== null && before.actor.id !== caller.actor.id)
      return problem('CONTENT_DIFFERS', 'This id was used for the decision of somebody else.', '/id')
    const at = before?.occurredAt ?? this.around.now()
    const completion = before === null ? await this.complete(request, { caller, at, stream }) : again(request, before)
    if (completion.status === 'refused') return completion
    const data = { ...request.data, ...completion.fields }
    const sent = { id: request.id, type: request.type, data, occurredAt: at, correlationId: null, causationId: null, expectedVersion: null }
    const [outcome] = await this.around.recorder.record([sent], caller)
    if (outcome === undefined) throw new Error('expected an outcome for the decision, found none')
    if (outcome.status === 'refused') return { status: 'not-recorded', refusal: outcome, path: formPath(outcome.path, request) }
    return { status: 'recorded', receipts: [outcome, ...(await this.followUps(outcome))] }
  }

  private async recordedBefore(stream: string, id: string): Promise<EventEnvelope | null> {
    const recorded = await this.around.store.findEvent(stream, id)
    return recorded === null ? null : envelopeOf(recorded)
  }

  /** An id that no stream can have is refused by the recorder, which names the field. */
  private async complete({ completion }: DecisionRequest, { caller, at, stream }: Asked): Promise<Completed> {
    if (completion === undefined || stream === null) return completed({})
    const { guarded, store, directory, now } = this.around
    const own = (name: string) => `${caller.workspace}.${name}`
    return completion.complete({
      caller,
      at,
      state: await guarded.state(stream),
      versionOf: (name) => store.streamVersion(own(name)),
      facts: async () => (await store.readStream(stream, { direction: 'forwards', limit: MOST_FACTS })).map(envelopeOf),
      beginningOf: async (name) => {
        const [first] = await store.readStream(own(name), { direction: 'forwards', limit: 1 })
        return first === undefined ? null : envelopeOf(first).data
      },
      mayDecide: (person) =>
        directory
          .membersOf(caller.workspace)
          .rolesOf(person, now())
          .some((role) => deciders.includes(role)),
    })
  }

  /** They stand right behind their cause, for both were appended as one. */
  private async followUps(cause: Receipt): Promise<Receipt[]> {
    const behind = { from: cause.streamVersion + 1, direction: 'forwards', limit: MOST_FOLLOW_UPS } as const
    const reference = formatEventReference(cause)
    const events = (await this.around.store.readStream(cause.stream, behind)).map((event) => ({ event, envelope: envelopeOf(event) }))
    return events
      .filter(({ envelope }) => envelope.causationId === reference)
      .map(({ event: { id, stream, streamVersion, position }, envelope: { recordedAt } }) => {
        const { repeated } = cause
        return { status: 'recorded', id, stream, streamVersion, position, recordedAt, repeated, erased: false }
      })
  }
}

interface Asked {
  readonly caller: Caller
  readonly at: string
  readonly stream: string | null
}

function streamOf({ type, data }: DecisionRequest, { workspace }: Caller): string | null {
  const known = eventType(type)
  const stream = `${workspace}.${known?.stream}-${known?.streamId(data, '')}`
  return parseStream(stream) === null ? null : stream
}

function again({ completion }: DecisionRequest, { data }: EventEnvelope): Completed {
  return completed(Object.fromEntries((completion?.fields ?? []).map((name) => [name, data[name]])))
}

function formPath(path: string | null, { formNames = {} }: DecisionRequest): string | null {
  if (path === null || path === '') return null
  const [, field = '', ...rest] = path.split('/')
  return ['', formNames[field] ?? field, ...rest].join('/')
}

function envelopeOf({ stream, bytes }: RecordedEvent): EventEnvelope {
  const parsed = parseEventBytes(bytes)
  if (parsed.status === 'refused') throw new Error(`expected an event in ${stream}, found ${parsed.reason}`)
  return parsed.envelope
}
