import { type DeliveryStore, type NewDelivery, nodeDigests, type RecordedEvent, type WebhookConfiguration } from '@annal/ledger'
import { derivedId, formatEventReference } from '@annal/proof'
import { envelopeOf } from '../reactions/envelope-of.ts'

interface Pending {
  readonly webhooks: readonly WebhookConfiguration[]
  readonly deliveries: readonly NewDelivery[]
}

/** Which webhook gets which events: a fold over `WebhookConfigured`, beside the deliveries that it leads to. */
export class Subscribers {
  /** Enabled webhooks by workspace. */
  private readonly enabled = new Map<string, Map<string, WebhookConfiguration>>()
  private webhooks: WebhookConfiguration[] = []
  private deliveries: NewDelivery[] = []

  constructor(store: DeliveryStore) {
    for (const webhook of store.webhooks()) this.put(webhook)
  }

  get hasPending(): boolean {
    return this.webhooks.length > 0 || this.deliveries.length > 0
  }

  /** The types that some webhook gets, or null: all. */
  types(): readonly string[] | null {
    const wanted = new Set(['WebhookConfigured'])
    for (const webhooks of this.enabled.values())
      for (const { types } of webhooks.values()) {
        if (types === null) return null
        for (const type of types) wanted.add(type)
      }
    return [...wanted]
  }

  concerns({ type, stream }: RecordedEvent): boolean {
    return type === 'WebhookConfigured' || (this.enabled.size > 0 && this.enabled.has(workspaceOf(stream)))
  }

  /** What was recorded before there were reactions is configured, but not delivered. */
  take(event: RecordedEvent, isDelivered: boolean): void {
    if (isDelivered) this.queue(event)
    if (event.type === 'WebhookConfigured') this.configure(event)
  }

  /** What is to be written with the cursor that passes the events taken so far. */
  pending(): Pending {
    return { webhooks: this.webhooks, deliveries: this.deliveries }
  }

  written(): void {
    this.webhooks = []
    this.deliveries = []
  }

  private queue({ stream, id, type }: RecordedEvent): void {
    const workspace = workspaceOf(stream)
    for (const webhook of this.enabled.get(workspace)?.values() ?? []) {
      if (webhook.types !== null && !webhook.types.includes(type)) continue
      const parts = [workspace, webhook.id, formatEventReference({ stream, id })]
      this.deliveries.push({ id: derivedId('annal/hook/v1', parts, nodeDigests), workspace, webhook: webhook.id, stream, event: id, type })
    }
  }

  private configure(event: RecordedEvent): void {
    const webhook = configurationOf(event)
    this.webhooks.push(webhook)
    this.put(webhook)
  }

  private put(webhook: WebhookConfiguration): void {
    const { workspace, id } = webhook
    const known = this.enabled.get(workspace) ?? new Map<string, WebhookConfiguration>()
    if (webhook.state === 'enabled') known.set(id, webhook)
    else known.delete(id)
    if (known.size > 0) this.enabled.set(workspace, known)
    else this.enabled.delete(workspace)
  }
}

/** A `WebhookConfigured` as the configuration that it makes. */
export function configurationOf(event: RecordedEvent): WebhookConfiguration {
  const { workspace, data, recordedAt } = envelopeOf(event)
  return {
    workspace,
    id: String(data.webhook),
    url: String(data.url),
    state: data.state as WebhookConfiguration['state'],
    types: Array.isArray(data.types) ? data.types.map(String) : null,
    keyId: typeof data.keyId === 'string' ? data.keyId : null,
    configuredAt: recordedAt,
  }
}

function workspaceOf(stream: string): string {
  return stream.slice(0, stream.indexOf('.'))
}
