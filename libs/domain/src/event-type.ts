import type { z } from 'zod'

/** The kinds of stream, in the catalogue's words. None has a hyphen: EventStoreDB's category ends at the first one. */
export type StreamType =
  | 'aisystem'
  | 'model'
  | 'dataset'
  | 'subject'
  | 'decision'
  | 'approval'
  | 'incident'
  | 'policy'
  | 'regulation'
  | 'template'
  | 'people'
  | 'component'
  | 'project'
  | 'review'
  | 'workspace'
  | 'person'
  | 'run'
  | 'task'
  | 'ledger'

/** Who may record a type: anybody who may append, only people (a guarded decision), or only Annal itself. */
export type RecordedBy = 'sender' | 'person' | 'annal'

/** One version of one event type: its schema and all that is derived from it. */
export interface EventType<Name extends string = string, Data = unknown, Input = unknown, By extends RecordedBy = RecordedBy> {
  readonly name: Name
  readonly version: number
  /** `any`: it goes to the stream of the event that it names (`EventCorrected`). */
  readonly stream: StreamType | 'any'
  readonly recordedBy: By
  /** Made by a person and guarded, whether it comes through `append` or through a mutation of its own. */
  readonly decision: boolean
  /** Changes its subject materially: approvals of it lapse. */
  readonly material: boolean
  /** Evidence kinds that it counts as (`regulation/evidence-kinds.json`); see `evidenceOf` for a type whose data names the kind. */
  readonly evidence: readonly string[]
  readonly description: string
  readonly schema: z.ZodType<Data, Input>
  /** A complete example as a sender gives it. */
  readonly example: unknown
  /** The id part of its stream (`model-<id>`), from its data and the instant it occurred. */
  streamId(data: Data, occurredAt: string): string
  /** One sentence for a person, as a template over fields that are stored in plain text (see `summary.ts`). */
  readonly summary: string
}

/** A field that is not stored in plain text; `pointer` is an RFC 6901 JSON Pointer into `data`. */
export interface SealedPath {
  readonly pointer: string
  readonly how: 'encrypted' | 'digest'
  readonly subject: string | null
}

/** What a well-formed event comes to: where it goes, what it refers to, what of it is sealed. */
export interface ParsedEvent {
  readonly type: string
  readonly version: number
  /** `<type>-<id>`, without the workspace. */
  readonly stream: string
  readonly about: readonly string[]
  readonly data: Readonly<Record<string, unknown>>
  readonly sealed: readonly SealedPath[]
}

export type ParseOutcome =
  | { readonly status: 'parsed'; readonly event: ParsedEvent }
  | {
      readonly status: 'refused'
      readonly code: 'InvalidEvent' | 'TooManyReferences'
      readonly path: string
      readonly message: string
      /** Where it would have gone, without the workspace; null if that can't be told. */
      readonly stream: string | null
    }
