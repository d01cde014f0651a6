import { parseEvent } from '@annal/domain'
import type { EventReader } from '@annal/ledger'
import { parseEventBytes } from '@annal/proof'
import type { FastifyInstance } from 'fastify'
import { upperSnake } from '../append/present-outcome.ts'
import type { Recorder } from '../append/recorder.ts'
import type { AppendOutcome } from '../append/refusal.ts'
import type { SentEvent } from '../append/sent-event.ts'
import { mayUse } from '../graphql/field-roles.ts'
import type { Authenticate } from '../graphql/graphql-routes.ts'
import { acceptStrictJson } from '../http/strict-json.ts'
import { TypedError } from '../http/typed-error.ts'
import type { Caller } from '../identity/caller.ts'
import { type Attributes, readCloudEvent } from './read-cloud-event.ts'
import { cloudEventsOf } from './read-request.ts'

export interface CloudEventsSurroundings {
  readonly authenticate: Authenticate
  readonly recorder: Recorder
  readonly store: EventReader
  readonly now: () => string
}

/** One for each CloudEvent sent, in that order. */
type Answered =
  | {
      readonly status: 'recorded'
      readonly source: unknown
      readonly id: unknown
      readonly event: string
      readonly stream: string
      readonly streamVersion: string
      readonly position: string
      readonly recordedAt: string
      readonly repeated: boolean
      readonly erased: boolean
    }
  | {
      readonly status: 'refused'
      readonly source: unknown
      readonly id: unknown
      readonly code: string
      readonly message: string
      readonly path: string | null
    }

/**
 * `POST /w/<workspace>/api/v1/cloudevents`: CloudEvents 1.0 over HTTP in structured, batch and binary mode.
 * 200: all recorded. 207: some. 422: none. The body says which and why.
 */
export function cloudEventsRoute(app: FastifyInstance, around: CloudEventsSurroundings): void {
  acceptStrictJson(app, ['application/json', 'application/cloudevents+json', 'application/cloudevents-batch+json'])
  app.post('/w/:workspace/api/v1/cloudevents', { onRequest: around.authenticate }, async (request, reply) => {
    const { caller } = request
    if (caller === null || !mayUse('Mutation.append', caller)) throw new TypedError('FORBIDDEN', 'The role may not record events.')
    const outcomes = await record(cloudEventsOf(request), caller, around)
    const refused = outcomes.filter(({ status }) => status === 'refused').length
    return reply.code(refused === 0 ? 200 : refused < outcomes.length ? 207 : 422).send({ outcomes })
  })
}

async function record(sent: readonly Attributes[], caller: Caller, around: CloudEventsSurroundings): Promise<Answered[]> {
  const read = await readAll(sent, caller, around)
  let outcomes = await recordRead(read, caller, around)
  // The same CloudEvent without a time came twice at once: the one recorded first has told its time by now.
  if (outcomes.some((outcome, i) => isTimeless(read[i]) && outcome?.status === 'refused' && outcome.code === 'ContentDiffers'))
    outcomes = await recordRead(await readAll(sent, caller, around), caller, around)
  return read.map((outcome, i) => {
    const named = { source: sent[i]?.source ?? null, id: sent[i]?.id ?? null }
    if (outcome.status === 'refused') return { status: 'refused', ...named, code: 'INVALID_EVENT', message: outcome.message, path: null }
    return answered(named, outcomes[i])
  })
}

type Read = Timed & { readonly hasTime?: boolean }

function isTimeless(read: Read | undefined): boolean {
  return read?.status === 'read' && read.hasTime !== true
}

async function readAll(sent: readonly Attributes[], { workspace }: Caller, { now, store }: CloudEventsSurroundings): Promise<Read[]> {
  const at = now()
  return Promise.all(
    sent.map(async (attributes) => {
      const outcome = readCloudEvent(attributes, workspace, at)
      return outcome.status === 'refused' || outcome.hasTime ? outcome : withServersTime(outcome.event, workspace, store)
    }),
  )
}

/** An outcome for each that was read, in its place. */
async function recordRead(
  read: readonly Read[],
  caller: Caller,
  { recorder }: CloudEventsSurroundings,
): Promise<(AppendOutcome | undefined)[]> {
  const events = read.flatMap((outcome) => (outcome.status === 'read' ? [outcome.event] : []))
  const recorded = (await recorder.record(events, caller)).values()
  return read.map((outcome) => (outcome.status === 'read' ? recorded.next().value : undefined))
}

type Timed = { readonly status: 'read'; readonly event: SentEvent } | { readonly status: 'refused'; readonly message: string }

/**
 * A CloudEvent without `time` occurred when it first arrived: a repetition gets the time of the first. Where the stream depends on the
 * time (decisions are kept by day) it can't be told whether it is a repetition, so the time must be given.
 */
async function withServersTime(event: SentEvent, workspace: string, store: EventReader): Promise<Timed> {
  const parsed = parseEvent(event.type, event.data, event.occurredAt)
  if (parsed.status === 'refused') return { status: 'read', event }
  const another = parseEvent(event.type, event.data, '2000-01-01T00:00:00.000Z')
  if (another.status === 'parsed' && another.event.stream !== parsed.event.stream)
    return { status: 'refused', message: `time: ${event.type} needs it` }
  const known = await store.findEvent(`${workspace}.${parsed.event.stream}`, event.id)
  const stored = known === null ? null : parseEventBytes(known.bytes)
  return { status: 'read', event: stored?.status === 'parsed' ? { ...event, occurredAt: stored.envelope.occurredAt } : event }
}

function answered(named: { readonly source: unknown; readonly id: unknown }, outcome: AppendOutcome | undefined): Answered {
  if (outcome === undefined) throw new Error('expected an outcome for each CloudEvent, found fewer')
  switch (outcome.status) {
    case 'refused':
      return { status: 'refused', ...named, code: upperSnake(outcome.code), message: outcome.message, path: outcome.path }
    case 'recorded': {
      const { id, stream, streamVersion, position, recordedAt, repeated, erased } = outcome
      return {
        status: 'recorded',
        ...named,
        event: id,
        stream,
        streamVersion: String(streamVersion),
        position,
        recordedAt,
        repeated,
        erased,
      }
    }
  }
}
