import { describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'

const refusals: [string, Record<string, string>, RegExp][] = [
  ['a name that means nothing', { ANNAL_PROT: '4000' }, /^ANNAL_PROT is not a setting/],
  ['a setting of a later version', { ANNAL_WITNESSES: 'x' }, /^ANNAL_WITNESSES is set, but/],
  ['an empty value', { ANNAL_HOST: '' }, /^ANNAL_HOST is empty/],
  ['a port that is no number', { ANNAL_PORT: '4000x' }, /^ANNAL_PORT must be/],
  ['a port out of range', { ANNAL_PORT: '65536' }, /^ANNAL_PORT must be/],
  ['a public URL with a path', { ANNAL_PUBLIC_URL: 'https://annal.example.org/x' }, /^ANNAL_PUBLIC_URL must be/],
  ['a public URL that is none', { ANNAL_PUBLIC_URL: 'annal' }, /^ANNAL_PUBLIC_URL must be/],
  ['an unknown event store', { ANNAL_EVENT_STORE: 'mongodb://x' }, /^ANNAL_EVENT_STORE must be/],
  ['an unknown read model', { ANNAL_READ_MODEL: 'postgres://user:secret@x' }, /^ANNAL_READ_MODEL must be/],
]

describe('the environment', () => {
  test.each(refusals)('refuses %s with one sentence', (_what, environment, sentence) => {
    const outcome = readConfig(environment)
    expect(outcome).toEqual({ status: 'refused', sentence: expect.stringMatching(sentence) })
    expect(JSON.stringify(outcome)).not.toContain('secret')
  })

  test('defaults to one folder, one port, this machine', () => {
    expect(readConfig({ PATH: '/bin', ANNAL_TEST_ESDB: 'esdb://x' })).toEqual({
      status: 'ready',
      config: {
        port: 4000,
        host: '127.0.0.1',
        publicUrl: null,
        data: expect.stringMatching(/\/data$/),
        eventStore: { kind: 'sqlite' },
        masterKeyFile: expect.stringMatching(/\/data\/master\.key$/),
      },
    })
  })

  test('takes every setting of the contract', () => {
    const outcome = readConfig({
      ANNAL_PORT: '0',
      ANNAL_HOST: '0.0.0.0',
      ANNAL_PUBLIC_URL: 'https://annal.example.org',
      ANNAL_DATA: '/var/lib/annal',
      ANNAL_EVENT_STORE: 'esdb://admin:x@localhost:2113?tls=false',
      ANNAL_READ_MODEL: 'sqlite',
      ANNAL_MASTER_KEY_FILE: '/etc/annal/master.key',
    })
    expect(outcome).toEqual({
      status: 'ready',
      config: {
        port: 0,
        host: '0.0.0.0',
        publicUrl: 'https://annal.example.org',
        data: '/var/lib/annal',
        eventStore: { kind: 'esdb', connectionString: 'esdb://admin:x@localhost:2113?tls=false' },
        masterKeyFile: '/etc/annal/master.key',
      },
    })
  })
})
