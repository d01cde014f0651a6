import { describe, expect, it } from 'vitest'
import { InvalidConnectionString, parseConnectionString } from './connection-string.ts'

describe('a connection string of EventStoreDB', () => {
  it.each([
    ['esdb://127.0.0.1:2113?tls=false', { tls: false, user: null, password: null }],
    ['esdb://annal:p%40ss@db:2113', { tls: true, user: 'annal', password: 'p@ss' }],
    ['esdb+discover://annal:x@db.example?nodePreference=leader', { tls: true, user: 'annal', password: 'x' }],
    ['esdb://annal:x@a:2113,b:2113,c:2113/?tls=true&tlsCAFile=%2Fca.crt', { tls: true, user: 'annal', password: 'x' }],
    [' esdb://127.0.0.1:2113?tls=false&default_deadline=5000 ', { tls: false, user: null, password: null }],
  ])('%s is taken', (text, expected) => {
    expect(parseConnectionString(text)).toEqual({ text: text.trim(), prefersLeader: true, ...expected })
  })

  it('prefers the leader of a cluster unless it says otherwise', () => {
    for (const [preference, prefersLeader] of [
      ['Leader', true],
      ['follower', false],
      ['random', false],
    ] as const)
      expect(parseConnectionString(`esdb://annal:x@db:2113?NodePreference=${preference}`).prefersLeader).toBe(prefersLeader)
  })

  it.each(['kurrentdb', 'kurrent', 'kdb'])('is written for KurrentDB as %s://, and means the same', (scheme) => {
    for (const rest of ['://annal:x@db:2113', '+discover://annal:x@db:2113'])
      expect(parseConnectionString(`${scheme}${rest}`)).toEqual(parseConnectionString(`esdb${rest}`))
  })

  it('may say that certificates are verified, which they always are', () => {
    expect(parseConnectionString('esdb://annal:x@db:2113?tlsVerifyCert=true').tls).toBe(true)
    expect(String(refusalOf('esdb://annal:x@db:2113?tlsVerifyCert=false'))).toMatch(/tlsCAFile/)
  })

  it.each([
    ['something else', 'http://127.0.0.1:2113'],
    ['no host', 'esdb://'],
    ['a password without a user', 'esdb://:secret@db:2113'],
    ['a password with a colon that is not encoded, of which the client would send one half', 'esdb://annal:half:secret@db:2113'],
    ['an empty setting, which the client would take for a part of the next one’s name', 'esdb://annal:secret@db:2113?&tls=false'],
    ['an unknown setting', 'esdb://annal:secret@db:2113?tsl=false'],
    ['the setting that makes revisions untrustworthy', 'esdb://annal:secret@db:2113?throwOnAppendFailure=false'],
    ['a check of certificates turned off', 'esdb://annal:secret@db:2113?tlsVerifyCert=false'],
    ['TLS without anybody signing in', 'esdb://db:2113?tls=true'],
    ['a percent sign that encodes nothing', 'esdb://annal:%zzsecret@db:2113'],
  ])('%s is refused, without showing the password', (_, text) => {
    const refused = refusalOf(text)
    expect(refused).toBeInstanceOf(InvalidConnectionString)
    expect(String(refused)).not.toContain('secret')
  })
})

function refusalOf(text: string): unknown {
  try {
    return parseConnectionString(text)
  } catch (error) {
    return error
  }
}
