import { randomUUID } from 'node:crypto'
import type { Ledger, Link } from '@annal/ledger'
import { parseAddress, sameMailbox } from '../mail/address.ts'
import { signInMail } from '../mail/messages.ts'
import { type PeopleSurroundings, recordOfPerson } from './people-surroundings.ts'
import { recordOwn, SERVER, SYSTEM } from './record-access.ts'
import { LINK_MINUTES } from './sign-in-links.ts'

export interface SignInSurroundings extends PeopleSurroundings {
  readonly ledger: Ledger
}

export interface PresentedLink {
  readonly token: string
  /** What the browser calls itself. */
  readonly client: string | null
  /** The token of the session that it had before, or null. */
  readonly session: string | null
}

export type SignInOutcome =
  /** `token`: of the new session. */
  { readonly status: 'signed-in'; readonly workspace: string; readonly token: string } | { readonly status: 'refused' }

type RefusalCause = 'expired' | 'used' | 'unknown' | 'deactivated' | 'no_role'

/** Turns links into sessions, and addresses into links. No record, no session. */
export class SignIns {
  constructor(private readonly around: SignInSurroundings) {}

  async signIn({ token, client, session }: PresentedLink): Promise<SignInOutcome> {
    const { store, clock, sessions } = this.around
    const redeemed = store.redeem(token, clock.machineInstant())
    if (redeemed.status === 'refused') return this.refuse(redeemed.because, redeemed.link)
    const { link } = redeemed
    try {
      const workspace = await this.record(link)
      if (workspace.status === 'refused') return await this.refuse(workspace.because, link)
      // What somebody else may have put into this browser is worth nothing any more.
      if (session !== null) sessions.endToken(session)
      return { status: 'signed-in', workspace: workspace.id, token: sessions.open({ ...link, client }) }
    } catch (error) {
      // Nothing came of it: the link stays good for when the store answers again.
      store.unredeem(token)
      throw error
    }
  }

  /** Sends a link to whoever has this address; to nobody, silently, if nobody has. */
  async sendLinks(text: string): Promise<void> {
    const { store, links, directory } = this.around
    const address = parseAddress(text)
    if (address === null || !links.canMail) return
    const made = []
    for (const { workspace, person } of store.personsAt(sameMailbox(address))) {
      if (!(await this.hasAddress(workspace, person, address))) continue
      const link = links.make({ id: randomUUID(), purpose: 'sign-in', workspace, person })
      made.push({ workspace: directory.workspace(workspace)?.name ?? workspace, link })
    }
    if (made.length === 0) return
    const shown = made.map(({ workspace, link }) => ({ workspace, link: link.url }))
    await links.mail(
      signInMail({ to: address, links: shown, minutes: LINK_MINUTES }),
      made.map(({ link }) => link),
    )
  }

  private async hasAddress(workspace: string, person: string, address: string): Promise<boolean> {
    const { people, directory, clock } = this.around
    const entry = await people.entry(workspace, person)
    const email = entry?.email ?? null
    const same = email !== null && sameMailbox(email) === sameMailbox(address)
    return same && entry?.status === 'ACTIVE' && directory.memberships(person, clock.instant()).length > 0
  }

  private async record({
    workspace,
    person,
  }: Link): Promise<{ status: 'entered'; id: string } | { status: 'refused'; because: RefusalCause }> {
    const { directory, clock } = this.around
    const at = clock.instant()
    const memberships = directory.memberships(person, at).map((membership) => membership.workspace.id)
    const [entered] = memberships.includes(workspace) ? [workspace] : memberships
    if (entered === undefined) return { status: 'refused', because: await this.whyNoRole(workspace, person) }
    const actor = { kind: 'person', id: person } as const
    const signedIn = { type: 'SignedIn', data: { person, method: 'link' }, workspace, actor, at }
    const outcome = await recordOfPerson(this.around, person, [signedIn])
    if (outcome.status === 'recorded') {
      await this.keepAddress(workspace, person)
      return { status: 'entered', id: entered }
    }
    if (outcome.reason === 'Deactivated') return { status: 'refused', because: 'deactivated' }
    throw new Error(`expected the sign-in to be recorded, found ${outcome.code}: ${outcome.message}`)
  }

  private async whyNoRole(workspace: string, person: string): Promise<RefusalCause> {
    return (await this.around.people.entry(workspace, person))?.status === 'DEACTIVATED' ? 'deactivated' : 'no_role'
  }

  /** From now on he can ask for a link himself. */
  private async keepAddress(workspace: string, person: string): Promise<void> {
    const email = (await this.around.people.entry(workspace, person))?.email ?? null
    if (email !== null) this.around.store.putAddress({ workspace, person }, sameMailbox(email))
  }

  /** A link that nobody was given is refused in the system's log; the route's rate limit bounds how often. */
  private async refuse(because: RefusalCause, link: Link | null): Promise<{ readonly status: 'refused' }> {
    const person = link === null ? {} : { person: link.person }
    const data = { ...person, because, method: 'link' }
    const workspace = link?.workspace ?? SYSTEM
    await recordOwn(this.around.ledger, [{ type: 'SignInRefused', data, workspace, actor: SERVER, at: this.around.clock.instant() }])
    return { status: 'refused' }
  }
}
