import { z } from 'zod'
import type { EventType, RecordedBy, StreamType } from './event-type.ts'

/** What an author of an event type writes; all else is derived. */
interface EventDefinition<Name extends string, Shape extends z.ZodRawShape, By extends RecordedBy> {
  readonly name: Name
  readonly stream: StreamType | 'any'
  /** A guarded decision of a person (`person`), a type that only Annal records (`annal`), else an observation (`sender`). */
  readonly recordedBy?: By
  readonly decision?: boolean
  readonly material?: boolean
  readonly evidence?: readonly string[]
  readonly description: string
  readonly summary: string
  /** Asked for when an event of the type is met first: a thread meets few of them. */
  readonly fields: () => Shape
  /** A rule over several fields, and the field that is refused when it doesn't hold. */
  readonly rule?: readonly [field: keyof Shape & string, message: string, holds: (data: Output<Shape>) => boolean]
  readonly example: Input<Shape>
  readonly streamId: (data: Output<Shape>, occurredAt: string) => string
}

type Input<Shape extends z.ZodRawShape> = z.input<z.ZodObject<Shape, z.core.$strict>>
type Output<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape, z.core.$strict>>

export function defineEvent<const Name extends string, Shape extends z.ZodRawShape, const By extends RecordedBy = 'sender'>(
  definition: EventDefinition<Name, Shape, By>,
): EventType<Name, Output<Shape>, Input<Shape>, By> {
  const { name, stream, description, summary, example, streamId, rule } = definition
  const recordedBy = definition.recordedBy ?? ('sender' as By)
  let built: z.ZodType<Output<Shape>, Input<Shape>> | undefined
  const build = () => {
    const strict = z.strictObject(definition.fields()).describe(description)
    return rule === undefined ? strict : strict.refine(rule[2], { path: [rule[0]], message: rule[1] })
  }
  return {
    name,
    version: 1,
    stream,
    recordedBy,
    decision: definition.decision ?? recordedBy === 'person',
    material: definition.material ?? false,
    evidence: definition.evidence ?? [],
    description,
    get schema() {
      built ??= build()
      return built
    },
    example,
    streamId,
    summary,
  }
}
