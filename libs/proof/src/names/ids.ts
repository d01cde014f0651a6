/** An id that a sender chose: `[a-z0-9][a-z0-9._~-]{0,99}`. Never personal, never renamed. */
const ID = /^[a-z0-9][a-z0-9._~-]{0,99}$/
/** No dot and no hyphen (a stream's name is cut at the first of each) and no tilde (`~2` marks a log that was continued). */
const WORKSPACE = /^[a-z0-9][a-z0-9_]{0,99}$/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const SUBJECT = /^sub_[a-z0-9]{1,96}$/

export function isId(text: unknown): text is string {
  return typeof text === 'string' && ID.test(text)
}

export function isWorkspace(text: unknown): text is string {
  return typeof text === 'string' && WORKSPACE.test(text)
}

/** Any UUID in lower case. */
export function isEventId(text: unknown): text is string {
  return typeof text === 'string' && UUID.test(text)
}

/** A data subject's id, minted by the server. */
export function isSubjectId(text: unknown): text is string {
  return typeof text === 'string' && SUBJECT.test(text)
}
