import type { Metadata } from '@grpc/grpc-js'
import type { Log } from './log.ts'

type Action = 'read' | 'write' | 'delete'

export type Decision = 'allowed' | 'denied' | 'unauthenticated'

export interface User {
  readonly name: string
  readonly password: string
  readonly groups: readonly string[]
}

type Acl = Readonly<Record<string, unknown>>

const ROLE_KEYS = { read: '$r', write: '$w', delete: '$d', metadataRead: '$mr', metadataWrite: '$mw' } as const
const EVERYBODY = '$all'
const ADMINS = '$admins'

/** Who may do what, as EventStoreDB decides it. Without users the server is insecure: everybody is an administrator. */
export class Access {
  readonly #log: Log
  readonly #users: User[] | null

  constructor(log: Log, users: readonly User[] | null) {
    this.#log = log
    this.#users = users && [...users]
  }

  check(metadata: Metadata, action: Action, stream: string): Decision {
    if (!this.#users) return 'allowed'
    const user = this.#userOf(metadata)
    if (user === null) return 'unauthenticated'
    if (user?.groups.includes(ADMINS)) return 'allowed'
    if (stream === '$all' && action !== 'read') return 'denied'
    const roles = user ? [user.name, ...user.groups, EVERYBODY] : [EVERYBODY]
    return this.#rolesFor(action, stream).some((role) => roles.includes(role)) ? 'allowed' : 'denied'
  }

  /** False when the name or the password is wrong: the server then refuses a call before it reads anything of it. */
  admits(metadata: Metadata): boolean {
    return this.#users === null || this.#userOf(metadata) !== null
  }

  checkAdministrator(metadata: Metadata): Decision {
    if (!this.#users) return 'allowed'
    const user = this.#userOf(metadata)
    if (user === null) return 'unauthenticated'
    return user?.groups.includes(ADMINS) ? 'allowed' : 'denied'
  }

  /** False when the name is taken. */
  addUser(user: User): boolean {
    if (this.#users?.some(({ name }) => name === user.name)) return false
    this.#users?.push(user)
    return true
  }

  /** Undefined: nobody said who they are. Null: the password is wrong. */
  #userOf(metadata: Metadata): User | null | undefined {
    const header = metadata.get('authorization')[0]?.toString()
    if (!header) return undefined
    const said = Buffer.from(header.replace(/^Basic /, ''), 'base64').toString()
    return this.#users?.find(({ name, password }) => said === `${name}:${password}`) ?? null
  }

  #rolesFor(action: Action, stream: string): string[] {
    const meta = stream.startsWith('$$')
    if (meta && action === 'delete') return []
    const key = ROLE_KEYS[meta ? (action === 'read' ? 'metadataRead' : 'metadataWrite') : action]
    const original = meta ? stream.slice(2) : stream
    const system = original.startsWith('$')
    const own = asAcl(this.#latest(`$$${original}`), '$acl')
    const settings = asAcl(this.#latest('$settings'), system ? '$systemStreamAcl' : '$userStreamAcl')
    return asRoles(own[key] ?? settings[key] ?? (system ? ADMINS : EVERYBODY))
  }

  #latest(stream: string): Acl {
    const record = this.#log.stream(stream).at(-1)
    return record ? JSON.parse(Buffer.from(record.data).toString()) : {}
  }
}

function asAcl(document: Acl, member: string): Acl {
  const acl = document[member]
  return typeof acl === 'object' && acl !== null ? { ...acl } : {}
}

function asRoles(roles: unknown): string[] {
  return Array.isArray(roles) ? roles.map(String) : [String(roles)]
}
