import { isWorkspace } from '@annal/proof'

/** One log of a workspace. Generation 1 is its first; each `LogContinued` begins the next. */
export interface LogName {
  readonly workspace: string
  readonly generation: number
}

const NAME = /^([a-z0-9][a-z0-9_]{0,99})(?:~([2-9]|[1-9][0-9]{1,5}))?$/

/** `<workspace>`, then `<workspace>~2` …: how folders and addresses name it. */
export function formatLogName({ workspace, generation }: LogName): string {
  return generation === 1 ? workspace : `${workspace}~${generation}`
}

/** The log that `formatLogName` would write so, or null. */
export function parseLogName(text: string): LogName | null {
  const [, workspace, generation] = NAME.exec(text) ?? []
  if (workspace === undefined || !isWorkspace(workspace)) return null
  return { workspace, generation: generation === undefined ? 1 : Number(generation) }
}

const SIMULATED = '/simulated'

/** The origin with the mark of a simulated clock, if it is one. */
export function originOf(origin: string, simulated: boolean): string {
  return simulated && !origin.endsWith(SIMULATED) ? origin + SIMULATED : origin
}

export function isSimulated(origin: string): boolean {
  return origin.endsWith(SIMULATED)
}

/** What a log is called after it was continued: `…` → `…~2` → `…~3`. */
export function nextOrigin(origin: string): string {
  const simulated = isSimulated(origin)
  const plain = simulated ? origin.slice(0, -SIMULATED.length) : origin
  const [, base = plain, generation = '1'] = /^(.*)~([0-9]+)$/.exec(plain) ?? []
  return originOf(`${base}~${Number(generation) + 1}`, simulated)
}
