import { type Role, roles } from './caller.ts'

interface Member {
  /** When he was given his first role here. */
  readonly since: string
  /** Each role with its end, or null. */
  readonly roles: ReadonlyMap<Role, string | null>
}

interface Grant {
  readonly until: string | null
  /** When it was recorded. */
  readonly at: string
}

/** The people of one workspace and their roles, as its `access` stream tells. Who lost every role is still known. */
export class Members {
  private readonly byPerson = new Map<string, Member>()

  /** In the order in which they came. */
  get people(): readonly string[] {
    return [...this.byPerson.keys()]
  }

  since(person: string): string | null {
    return this.byPerson.get(person)?.since ?? null
  }

  /** The roles held at that instant, the strongest first. */
  rolesOf(person: string, at: string): readonly Role[] {
    const held = this.byPerson.get(person)?.roles
    return held === undefined ? [] : roles.filter((role) => isHeld(held.get(role), at))
  }

  /** The first to be given this role of those who hold it, or null. */
  firstWith(role: Role, at: string): string | null {
    return this.people.find((person) => isHeld(this.byPerson.get(person)?.roles.get(role), at)) ?? null
  }

  grant(person: string, role: Role, { until, at }: Grant): void {
    const known = this.byPerson.get(person) ?? { since: at, roles: new Map() }
    this.byPerson.set(person, { ...known, roles: new Map(known.roles).set(role, until) })
  }

  /** False if he didn't hold it. */
  revoke(person: string, role: Role): boolean {
    const known = this.byPerson.get(person)
    if (known === undefined || !known.roles.has(role)) return false
    this.byPerson.set(person, { ...known, roles: new Map([...known.roles].filter(([held]) => held !== role)) })
    return true
  }
}

function isHeld(until: string | null | undefined, at: string): boolean {
  return until === null || (until !== undefined && until > at)
}
