import { formatVerifierKey, formatWitnessKey, verifierKey, witnessKey } from '@annal/proof'
import { describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'

/** As a witness would publish it. */
const LOG_KEY = formatVerifierKey(verifierKey('witness.example', new Uint8Array(32).fill(27)))
const WITNESS = formatWitnessKey(witnessKey('witness.example', new Uint8Array(32).fill(27)))

const refusals: [string, Record<string, string>, RegExp][] = [
  ['a name that means nothing', { ANNAL_PROT: '4000' }, /^ANNAL_PROT is not a setting/],
  ['a setting of a later version', { ANNAL_OIDC_ISSUER: 'x' }, /^ANNAL_OIDC_ISSUER is set, but/],
  ['a witness without a key', { ANNAL_WITNESSES: 'https://witness.example' }, /^ANNAL_WITNESSES must be/],
  ['a witness without an address', { ANNAL_WITNESSES: WITNESS }, /^ANNAL_WITNESSES must be/],
  ['a key that is no witness’s', { ANNAL_WITNESSES: `${LOG_KEY}=https://w.example` }, /^ANNAL_WITNESSES must be/],
  ['a witness twice', { ANNAL_WITNESSES: `${WITNESS}=https://w.example,${WITNESS}=https://w.example` }, /^ANNAL_WITNESSES names/],
  ['a file of witnesses that is not there', { ANNAL_WITNESSES: 'file:/nowhere' }, /^ANNAL_WITNESSES names a file/],
  ['a timestamp authority that is no address', { ANNAL_TSA: 'tsa' }, /^ANNAL_TSA must be/],
  ['an empty value', { ANNAL_HOST: '' }, /^ANNAL_HOST is empty/],
  ['a host that is no name', { ANNAL_HOST: 'this machine' }, /^ANNAL_HOST must be/],
  ['a data folder that is a file', { ANNAL_DATA: import.meta.filename }, /^ANNAL_DATA must be a folder/],
  ['a data folder below a file', { ANNAL_DATA: `${import.meta.filename}/data` }, /^ANNAL_DATA must be a folder/],
  ['a folder for heads that is a file', { ANNAL_PUBLISH_DIR: import.meta.filename }, /^ANNAL_PUBLISH_DIR must be a folder/],
  ['a port that is no number', { ANNAL_PORT: '4000x' }, /^ANNAL_PORT must be/],
  ['a port out of range', { ANNAL_PORT: '65536' }, /^ANNAL_PORT must be/],
  ['a public URL with a path', { ANNAL_PUBLIC_URL: 'https://annal.example.org/x' }, /^ANNAL_PUBLIC_URL must be/],
  ['a public URL that is none', { ANNAL_PUBLIC_URL: 'annal' }, /^ANNAL_PUBLIC_URL must be/],
  ['an unknown event store', { ANNAL_EVENT_STORE: 'mongodb://x' }, /^ANNAL_EVENT_STORE must be/],
  ['an SMTP server without a sender', { ANNAL_SMTP_URL: 'smtp://mail.example.org' }, /^ANNAL_SMTP_URL is set, but ANNAL_MAIL_FROM/],
  ['a sender without an SMTP server', { ANNAL_MAIL_FROM: 'annal@example.org' }, /^ANNAL_MAIL_FROM is set, but ANNAL_SMTP_URL/],
  ['an SMTP server that is none', { ANNAL_SMTP_URL: 'https://user:secret@x', ANNAL_MAIL_FROM: 'a@b.example' }, /^ANNAL_SMTP_URL must be/],
  [
    'an SMTP password that is not encoded',
    { ANNAL_SMTP_URL: 'smtp://a:secret%z@x', ANNAL_MAIL_FROM: 'a@b.example' },
    /^ANNAL_SMTP_URL must/,
  ],
  ['a sender that is none', { ANNAL_SMTP_URL: 'smtp://mail.example.org', ANNAL_MAIL_FROM: 'Annal' }, /^ANNAL_MAIL_FROM must be/],
  [
    'a sender with another header',
    { ANNAL_SMTP_URL: 'smtp://x', ANNAL_MAIL_FROM: 'Annal\r\nBcc: e@f.example <a@b.example>' },
    /^ANNAL_MAIL_FROM must be/,
  ],
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
        mail: null,
        sampleFrom: null,
        masterKeyFile: expect.stringMatching(/\/data\/master\.key$/),
        signingKeyFile: expect.stringMatching(/\/data\/signing\.key$/),
        publishFolder: null,
        witnesses: [],
        timestampUrl: null,
        seals: true,
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
      ANNAL_SIGNING_KEY_FILE: '/etc/annal/signing.key',
      ANNAL_PUBLISH_DIR: '/mnt/heads',
      ANNAL_WITNESSES: `${WITNESS}=https://witness.example/add-checkpoint`,
      ANNAL_TSA: 'https://tsa.example/tsr',
      ANNAL_SMTP_URL: 'smtps://annal:x@mail.example.org',
      ANNAL_MAIL_FROM: 'Annal <annal@example.org>',
    })
    expect(outcome).toEqual({
      status: 'ready',
      config: {
        port: 0,
        host: '0.0.0.0',
        publicUrl: 'https://annal.example.org',
        data: '/var/lib/annal',
        eventStore: { kind: 'esdb', connectionString: 'esdb://admin:x@localhost:2113?tls=false' },
        mail: { smtpUrl: 'smtps://annal:x@mail.example.org', from: 'Annal <annal@example.org>' },
        sampleFrom: null,
        masterKeyFile: '/etc/annal/master.key',
        signingKeyFile: '/etc/annal/signing.key',
        publishFolder: '/mnt/heads',
        witnesses: [expect.objectContaining({ verifierKey: WITNESS, url: 'https://witness.example' })],
        timestampUrl: 'https://tsa.example/tsr',
        seals: true,
      },
    })
  })
})
