import type { Prefix } from '../audit-trail/trail-query.ts'

/** The registers of a workspace as its first events say. */
export interface Past {
  readonly workspace: string
  readonly prefix: Prefix
}

/** The file of a past: the same events, the same name. A position has letters and digits that a file's name may have. */
export function pastName({ workspace, prefix }: Past): string {
  return `${workspace}.${prefix.position ?? 'empty'}.db`
}
