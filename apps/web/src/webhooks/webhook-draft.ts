import type { EventTypeName } from '../session/catalogue.ts'
import type { ConfigureWebhookInput, Webhook } from './webhooks-documents.ts'

/** What the form of a webhook holds. */
export interface WebhookDraft {
  readonly webhook: string
  readonly url: string
  readonly state: ConfigureWebhookInput['state']
  readonly some: boolean
  readonly types: readonly EventTypeName[]
  readonly rotate: boolean
}

export function draftOf(webhook: Webhook | null): WebhookDraft {
  return {
    webhook: webhook?.id ?? '',
    url: webhook?.url ?? '',
    state: webhook?.state ?? 'ENABLED',
    some: webhook !== null && webhook.types !== null,
    types: webhook?.types ?? [],
    rotate: false,
  }
}

export interface DraftProblems {
  readonly webhook: string | null
  readonly url: string | null
}

/** What is wrong with what was typed; what is empty is not wrong yet. */
export function problemsOf({ webhook, url }: WebhookDraft): DraftProblems {
  return {
    webhook: webhook === '' || /^[a-z0-9._~-]{1,100}$/.test(webhook) ? null : 'At most 100 lower-case letters, digits and . _ ~ -',
    url: url === '' || /^https?:\/\/[^\s/]+/.test(url) ? null : 'An address with https://, or http:// of this machine',
  }
}

export function isReady(draft: WebhookDraft): boolean {
  const { webhook, url } = problemsOf(draft)
  return draft.webhook !== '' && draft.url !== '' && webhook === null && url === null && (!draft.some || draft.types.length > 0)
}

export function inputOf(id: string, { webhook, url, state, some, types, rotate }: WebhookDraft): ConfigureWebhookInput {
  return {
    id,
    webhook,
    url: url.trim(),
    state,
    ...(some && { types: [...types] }),
    ...(rotate && state !== 'REMOVED' && { rotateSecret: true }),
  }
}
