import { z } from 'zod'
import type { EventType, RecordedBy, StreamType } from './event-type.ts'

/** What an author of an event type writes; all else is derived. */
interface EventDefinition<Name extends string, Shape extends z.ZodRawShape> {
  readonly name: Name
  readonly stream: StreamType | 'any'
  /** A guarded decision of a person (`person`), a type that only Annal records (`annal`), else an observation (`sender`). */
  readonly recordedBy?: RecordedBy
  readonly decision?: boolean
  readonly material?: boolean
  readonly evidence?: readonly string[]
  readonly description: string
  readonly summary: string
  readonly fields: Shape
  /** A rule over several fields, and the field that is refused when it doesn't hold. */
  readonly rule?: readonly [field: keyof Shape & string, message: string, holds: (data: Output<Shape>) => boolean]
  readonly example: z.input<z.ZodObject<Shape, z.core.$strict>>
  readonly streamId: (data: Output<Shape>, occurredAt: string) => string
}

type Output<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape, z.core.$strict>>

export function defineEvent<const Name extends string, Shape extends z.ZodRawShape>(
  definition: EventDefinition<Name, Shape>,
): EventType<Name, Output<Shape>> {
  const { name, stream, recordedBy = 'sender', description, summary, example, streamId, rule } = definition
  const strict = z.strictObject(definition.fields).describe(description)
  const schema = rule === undefined ? strict : strict.refine(rule[2], { path: [rule[0]], message: rule[1] })
  return {
    name,
    version: 1,
    stream,
    recordedBy,
    decision: definition.decision ?? recordedBy === 'person',
    material: definition.material ?? false,
    evidence: definition.evidence ?? [],
    description,
    schema,
    example,
    streamId,
    summary,
  }
}
