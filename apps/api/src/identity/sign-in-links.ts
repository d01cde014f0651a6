import type { Link, SessionStore } from '@annal/ledger'
import { reportFault } from '../http/report-fault.ts'
import type { Mail, Mailer } from '../mail/mailer.ts'
import { newSecret } from './secret.ts'

export const LINK_MINUTES = 15
export const INVITATION_DAYS = 7

const lifetimes = { 'sign-in': LINK_MINUTES * 60_000, invitation: INVITATION_DAYS * 86_400_000 } as const satisfies Record<
  Link['purpose'],
  number
>

export interface SignInLinkSurroundings {
  readonly store: SessionStore
  /** Null: no SMTP server is configured. */
  readonly mailer: Mailer | null
  /** How browsers reach this server: from its settings, never from a request. */
  readonly origin: () => string
  /** By the machine's clock. */
  readonly now: () => string
}

export interface MadeLink {
  readonly id: string
  readonly url: string
  readonly expiresAt: string
}

/** Makes links that sign a person in once, and sends them. The token stands in the fragment, which browsers send to nobody. */
export class SignInLinks {
  constructor(private readonly around: SignInLinkSurroundings) {}

  get canMail(): boolean {
    return this.around.mailer !== null
  }

  make({ id, purpose, workspace, person }: Pick<Link, 'id' | 'purpose' | 'workspace' | 'person'>): MadeLink {
    const { store, origin, now } = this.around
    const token = newSecret()
    const expiresAt = new Date(Date.parse(now()) + lifetimes[purpose]).toISOString()
    store.putLink(token, { id, purpose, workspace, person, expiresAt, sent: false })
    return { id, url: `${origin()}/sign-in#${token}`, expiresAt }
  }

  /** True if the mail is on its way; what keeps it is told to the operator. */
  async mail(mail: Mail, links: readonly MadeLink[]): Promise<boolean> {
    const { mailer, store } = this.around
    if (mailer === null) return false
    const outcome = await mailer.send(mail)
    switch (outcome.status) {
      case 'sent':
        for (const { id } of links) store.markSent(id)
        return true
      case 'failed':
        reportFault(new Error(`The SMTP server did not take a mail: ${outcome.reason}`), 'mail')
        return false
    }
  }
}
