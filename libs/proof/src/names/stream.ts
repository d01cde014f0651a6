import { isWorkspace } from './ids.ts'

/** A stream's name in its parts. Written `<workspace>.<type>-<id>`: an event store takes what stands before the first hyphen as the category. */
export interface StreamName {
  readonly workspace: string
  /** Lower-case letters and digits: no hyphen. */
  readonly type: string
  /** A sender's id, or one composed of it (a system's decisions of a day): the alphabet of ids, at most 128 characters. */
  readonly id: string
}

const STREAM = /^([a-z0-9][a-z0-9_]{0,99})\.([a-z][a-z0-9]{0,49})-([a-z0-9][a-z0-9._~-]{0,127})$/
const TYPE_AND_ID = /^[a-z][a-z0-9]{0,49}-[a-z0-9][a-z0-9._~-]{0,127}$/

/** @throws when a part can't stand in a stream's name. */
export function formatStream({ workspace, type, id }: StreamName): string {
  const local = `${type}-${id}`
  if (!isWorkspace(workspace) || type.includes('-') || !TYPE_AND_ID.test(local)) {
    throw new Error(`expected the parts of a stream's name, found ${JSON.stringify({ workspace, type, id })}`)
  }
  return `${workspace}.${local}`
}

/** The parts of a stream's name, or null for what `formatStream` would not write. */
export function parseStream(text: string): StreamName | null {
  const [, workspace, type, id] = STREAM.exec(text) ?? []
  return workspace !== undefined && type !== undefined && id !== undefined ? { workspace, type, id } : null
}
