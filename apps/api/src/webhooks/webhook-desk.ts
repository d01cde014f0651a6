import { randomBytes } from 'node:crypto'
import { eventTypes } from '@annal/domain'
import {
  type EventStore,
  type KeyStore,
  type Ledger,
  NO_STREAM,
  type Position,
  type RecordedEvent,
  type WebhookConfiguration,
} from '@annal/ledger'
import { isId } from '@annal/proof'
import type { Caller } from '../identity/caller.ts'
import { ownDraft } from '../identity/record-access.ts'
import type { Reach } from './addresses.ts'
import { formatSecret } from './signature.ts'
import { configurationOf } from './subscribers.ts'
import { acceptTarget } from './target.ts'

export interface WebhookRequest {
  /** Of this change. */
  readonly id: string
  readonly webhook: string
  readonly url: string
  readonly state: 'enabled' | 'disabled' | 'removed'
  readonly types: readonly string[] | null
  readonly rotateSecret: boolean
}

export type WebhookOutcome =
  | { readonly status: 'configured'; readonly position: Position; readonly secret: string | null }
  | { readonly status: 'refused'; readonly message: string; readonly path: string | null }

interface DeskSurroundings {
  readonly ledger: Ledger
  readonly store: EventStore
  readonly keys: KeyStore
  readonly reach: Reach
  /** The record's clock. */
  readonly now: () => string
}

/** The last change of a webhook, and how it stands since; null if it was never there or removed. */
interface Before {
  readonly last: RecordedEvent | undefined
  readonly known: WebhookConfiguration | null
}

const MOST_TYPES = 200
/** No key has this id. */
const NO_KEY = ''
const knownTypes = new Set(eventTypes.map(({ name }) => name))

/** Configures webhooks. That is an event; the secret stands in the key store alone, and is durable before the event that names it. */
export class WebhookDesk {
  constructor(private readonly around: DeskSurroundings) {}

  async configure(asked: WebhookRequest, caller: Caller): Promise<WebhookOutcome> {
    const { store, reach } = this.around
    const problem = this.problem(asked)
    if (problem !== null) return problem
    const target = acceptTarget(asked.url, reach)
    if (target.status === 'refused' && asked.state !== 'removed') return refused(`The address can't be used: ${target.message}.`, '/url')
    const request = target.status === 'accepted' ? { ...asked, url: target.url } : asked
    const stream = `${caller.workspace}.ledger-webhook~${request.webhook}`
    const repeated = await store.findEvent(stream, request.id)
    if (repeated !== null && !isSame(configurationOf(repeated), request)) return refused('This id was used for another change.', '/id')
    if (repeated !== null) return { status: 'configured', position: repeated.position, secret: null }
    const [last] = await store.readStream(stream, { direction: 'backwards', limit: 1 })
    const before = last === undefined ? null : configurationOf(last)
    const known = before === null || before.state === 'removed' ? null : before
    if (request.state !== 'removed') return this.record(request, caller, { last, known })
    if (known === null) return refused('There is no such webhook.', '/webhook')
    // Its address need not be usable any more: what goes is what was there.
    return this.record({ ...request, url: known.url, types: known.types }, caller, { last, known })
  }

  private async record(request: WebhookRequest, caller: Caller, { last, known }: Before): Promise<WebhookOutcome> {
    const { ledger, keys, now } = this.around
    const { id, webhook, url, state, types } = request
    const { workspace, actor } = caller
    const { keyId, key } = this.signingKey(request, workspace, known)
    const data = { webhook, url, state, keyId, ...(types !== null && { types }) }
    const draft = ownDraft({ type: 'WebhookConfigured', data, workspace, actor, at: now(), id })
    const [outcome] = await ledger.append([{ ...draft, expectedVersion: last?.streamVersion ?? NO_STREAM }])
    if (outcome?.status === 'recorded') {
      keys.keepWebhookKey(workspace, webhook, state === 'removed' ? NO_KEY : keyId)
      return { status: 'configured', position: outcome.position as Position, secret: key === null ? null : formatSecret(key) }
    }
    if (outcome?.code === 'WrongExpectedVersion')
      return refused('Somebody else changed this webhook at the same time; look at it again.', null)
    throw new Error(`expected the configuration of ${webhook} to be recorded, found ${outcome?.code}: ${outcome?.message}`)
  }

  /** The one that it has, or a new one. */
  private signingKey({ webhook, state, rotateSecret }: WebhookRequest, workspace: string, known: WebhookConfiguration | null) {
    const before = known?.keyId ?? null
    if (before !== null && (!rotateSecret || state === 'removed')) return { keyId: before, key: null }
    const keyId = `whk-${randomBytes(8).toString('hex')}`
    return { keyId, key: this.around.keys.makeWebhookKey(workspace, webhook, keyId) }
  }

  private problem({ webhook, types }: WebhookRequest): WebhookOutcome | null {
    if (!isId(webhook) || webhook.length > 100)
      return refused('A webhook has an id of at most 100 lower-case letters, digits and `. _ ~ -`.', '/webhook')
    if (types === null) return null
    if (types.length === 0 || types.length > MOST_TYPES) return refused(`Name 1 to ${MOST_TYPES} types, or none for all.`, '/types')
    return types.every((type) => knownTypes.has(type)) ? null : refused('There is no such event type.', '/types')
  }
}

/** What is removed goes with the address and types that it had, whatever is said of them. */
function isSame({ url, state, types }: WebhookConfiguration, request: WebhookRequest): boolean {
  if (state !== request.state) return false
  return state === 'removed' || (url === request.url && JSON.stringify(types) === JSON.stringify(request.types))
}

function refused(message: string, path: string | null): WebhookOutcome {
  return { status: 'refused', message, path }
}
