import { checkProtection } from '@annal/ledger'
import type { Check } from '../http/health-routes.ts'
import type { EventStoreChoice } from './config.ts'

/**
 * Whether the event store keeps Annal's own credential from taking events away. SQLite's file is Annal's own; EventStoreDB is asked once,
 * and again as long as it could not be.
 */
export class StoreProtection {
  private known: Check | null
  private asking: Promise<Check> | null = null

  constructor(private readonly eventStore: EventStoreChoice) {
    this.known = eventStore.kind === 'sqlite' ? { status: 'ok' } : null
  }

  async check(): Promise<Check> {
    if (this.known !== null || this.eventStore.kind === 'sqlite') return this.known ?? { status: 'ok' }
    this.asking ??= this.ask(this.eventStore).finally(() => {
      this.asking = null
    })
    return this.asking
  }

  /** For the operator, where there is something to see to. */
  async warn(write: (line: string) => void): Promise<void> {
    const check = await this.check()
    if (check.status !== 'ok') write(`WARNING: ${check.reason}\n`)
  }

  private async ask(eventStore: EventStoreChoice & { kind: 'esdb' }): Promise<Check> {
    try {
      const protection = await checkProtection(eventStore)
      this.known = protection.status === 'protected' ? { status: 'ok' } : { status: 'warned', reason: warning(protection) }
      return this.known
    } catch (error) {
      return {
        status: 'warned',
        reason: `Whether EventStoreDB keeps Annal from deleting events could not be found out: ${messageOf(error)}`,
      }
    }
  }
}

function warning({ can, why }: { readonly can: readonly string[]; readonly why: string }): string {
  return `The credential that Annal uses for EventStoreDB may ${can.join(' and ')}: whoever gets hold of it can take events away. ${why}`
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
