import { newSecret, secretHash } from './secret.ts'

interface Link {
  readonly workspace: string
  readonly person: string
  readonly expiresAt: number
}

export const LINK_MINUTES = 15
/** More than anybody opens at once; the oldest goes. */
const MOST_LINKS = 100

/** One-time sign-in links. They live in memory: a restart prints a new one. */
export class SignInLinks {
  private readonly links = new Map<string, Link>()

  constructor(private readonly now: () => number) {}

  /** A token for the fragment of `/sign-in#…`: fragments are sent to no server, so it stands in no log. */
  issue(workspace: string, person: string): string {
    const token = newSecret()
    this.links.set(secretHash(token), { workspace, person, expiresAt: this.now() + LINK_MINUTES * 60_000 })
    for (const oldest of this.links.keys()) {
      if (this.links.size <= MOST_LINKS) break
      this.links.delete(oldest)
    }
    return token
  }

  /** Takes the link out: it works once. */
  redeem(token: string): { readonly workspace: string; readonly person: string } | null {
    const id = secretHash(token)
    const link = this.links.get(id)
    if (link === undefined) return null
    this.links.delete(id)
    return link.expiresAt <= this.now() ? null : { workspace: link.workspace, person: link.person }
  }
}
