const ORIGIN = /\/log\/v1\/([a-z0-9][a-z0-9_]{0,99})(?:~(?:[2-9]|[1-9][0-9]{1,5}))?(?:\/simulated)?$/

/**
 * The workspace whose log has this origin, or null: `<host>/log/v1/<workspace>`, with `~2` and so on where it was continued, and
 * `/simulated` where its clock is.
 */
export function workspaceOfOrigin(text: string): string | null {
  return ORIGIN.exec(text)?.[1] ?? null
}
