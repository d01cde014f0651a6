import { perType } from './per-type.ts'
import { objectTree } from './schema/field-tree.ts'

const subjectFieldOf = perType(
  ({ schema }) => objectTree(schema).members.find(([, member]) => member.kind === 'leaf' && member.mark.dataSubject)?.[0],
)

/** The data subject that an event's sealed fields belong to, or null: it stands in plain text in the event. */
export function dataSubjectOf(type: string, data: Readonly<Record<string, unknown>>): string | null {
  const field = subjectFieldOf(type)
  const subject = field === undefined ? undefined : data[field]
  return typeof subject === 'string' ? subject : null
}
