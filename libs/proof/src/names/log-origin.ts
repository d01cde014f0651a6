/** What the origin of a log says of it. */
export interface LogOrigin {
  readonly workspace: string
  /** Its clock is simulated: a sample, never evidence. */
  readonly simulated: boolean
}

const ORIGIN = /\/log\/v1\/([a-z0-9][a-z0-9_]{0,99})(?:~(?:[2-9]|[1-9][0-9]{1,5}))?(\/simulated)?$/

/** `<host>/log/v1/<workspace>` in its parts, with `~2` and so on where it was continued; null for anything else. */
export function parseLogOrigin(text: string): LogOrigin | null {
  const [, workspace, simulated] = ORIGIN.exec(text) ?? []
  return workspace === undefined ? null : { workspace, simulated: simulated !== undefined }
}
