/** What Annal reads of a connection string itself; the client reads the rest. No message ever repeats the text: it holds a password. */
export interface ConnectionString {
  readonly text: string
  readonly tls: boolean
  /** The name that the store knows Annal by, or null when the string names none. */
  readonly user: string | null
  readonly password: string | null
  /** Of a cluster; so it is unless the string names another `nodePreference`. */
  readonly prefersLeader: boolean
}

export class InvalidConnectionString extends Error {
  override readonly name = 'InvalidConnectionString'
}

const SHAPE = /^(?:esdb|kurrentdb|kurrent|kdb)(?:\+discover)?:\/\/(?:([^:@/?]+):([^:@/?]+)@)?[^@/?]+\/*(?:\?(.*))?$/

/** Every setting that the client knows and heeds. It prints the whole string, password included, when it warns of others. */
const SETTINGS = [
  'connectionname',
  'defaultdeadline',
  'discoveryinterval',
  'gossiptimeout',
  'keepaliveinterval',
  'keepalivetimeout',
  'maxdiscoverattempts',
  'nodepreference',
  'tls',
  'tlscafile',
  'tlsverifycert',
  'usercertfile',
  'userkeyfile',
]

/**
 * `throwOnAppendFailure` is not among the settings: where it is off, the revision that the client reports is not to be trusted.
 * @throws InvalidConnectionString
 */
export function parseConnectionString(text: string): ConnectionString {
  const [matched, user, password, query] = SHAPE.exec(text.trim()) ?? []
  if (matched === undefined)
    throw new InvalidConnectionString(
      'expected esdb://user:password@host:port?setting=value, with : / ? and @ of user and password in percent-encoding, found something else',
    )
  const settings = new Map(query?.split('&').map(setting))
  for (const name of settings.keys()) {
    if (!SETTINGS.includes(name))
      throw new InvalidConnectionString(`expected the settings ${SETTINGS.join(', ')}, found ${JSON.stringify(name)}`)
  }
  if (settings.get('tlsverifycert') === 'false')
    throw new InvalidConnectionString('expected certificates to be verified (tlsCAFile names their authority), found tlsVerifyCert=false')
  const tls = settings.get('tls') !== 'false'
  if (tls && user === undefined && !settings.has('usercertfile'))
    throw new InvalidConnectionString('expected a user and a password with TLS, found none')
  const prefersLeader = (settings.get('nodepreference') ?? 'leader').toLowerCase() === 'leader'
  return { text: matched.replace(/^[a-z]+/, 'esdb'), tls, user: decoded(user), password: decoded(password), prefersLeader }
}

function setting(pair: string): [string, string] {
  const [name = '', value = ''] = pair.split('=')
  return [name.replace(/[_-]/g, '').toLowerCase(), value.trim()]
}

function decoded(part: string | undefined): string | null {
  if (part === undefined) return null
  try {
    return decodeURIComponent(part)
  } catch {
    throw new InvalidConnectionString('expected user and password in percent-encoding, found a sign that encodes nothing')
  }
}
