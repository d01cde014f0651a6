/** Writes what broke, and under which correlation id, where the operator reads it. Requests that end as they should aren't logged. */
export function reportFault(error: unknown, correlationId: string): void {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`${new Date().toISOString()} fault ${correlationId} ${what}\n`)
}
