import type { Fact } from '../registers/facts.ts'
import { numberIn, wordIn, wordsIn } from '../registers/register-event.ts'

export interface Deployment {
  readonly version: string
  readonly share: number | null
  /** Milliseconds since 1970. */
  readonly since: number
  readonly event: string
  readonly approval: string | null
  readonly systems: readonly string[]
}

/** Whether it leaves nothing of what was deployed in its environment before. */
export function replacesAll({ type, content }: Fact): boolean {
  const share = numberIn(content, 'share')
  return type === 'VersionDeployed' && (share === null ? content.strategy !== 'canary' : share >= 1)
}

/**
 * What is deployed in an environment after deployments, roll-backs and retirements, in the order in which they occurred. The retirement
 * of a whole model names no version.
 */
export function currentDeployments(facts: readonly Fact[]): Deployment[] {
  const current = new Map<string, Deployment>()
  for (const fact of facts) {
    const version = wordIn(fact.content, 'version')
    if (replacesAll(fact) || version === null) current.clear()
    if (version === null) continue
    if (fact.type === 'VersionDeployed') current.set(version, deploymentOf(fact, version))
    else current.delete(version)
    const back = wordIn(fact.content, 'to')
    if (back !== null && !current.has(back)) current.set(back, deploymentOf(fact, back))
  }
  return [...current.values()]
}

function deploymentOf({ content, occurred, event }: Fact, version: string): Deployment {
  return {
    version,
    share: numberIn(content, 'share'),
    since: occurred,
    event,
    approval: wordIn(content, 'approval'),
    systems: wordsIn(content, 'systems'),
  }
}
