import { describe, expect, test } from 'vitest'
import { allowedAddresses, isLoopbackName } from './addresses.ts'
import { acceptTarget } from './target.ts'

describe('a server that serves others', () => {
  test.each([
    '127.0.0.1',
    'localhost',
    '[::1]',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '[::]',
    '[::ffff:10.0.0.1]',
    '[::ffff:127.0.0.1]',
    '[64:ff9b::a00:1]',
    '[2002:a00:1::]',
    '[fd00::1]',
    '[fe80::1]',
    '[ff02::1]',
  ])('sends nothing to %s', async (host) => expect(await allowedAddresses(host, 'public')).toMatchObject({ status: 'refused' }))

  test.each(['93.184.215.14', '172.32.0.1', '[2606:2800:21f:cb07:6820:80da:af6b:8b2c]'])('sends to %s', async (host) =>
    expect(await allowedAddresses(host, 'public')).toMatchObject({ status: 'allowed' }),
  )
})

describe('a server that only its own machine reaches', () => {
  test.each(['127.0.0.1', 'localhost', '[::1]', '127.8.9.10'])('may send to %s', async (host) =>
    expect(await allowedAddresses(host, 'public-or-loopback')).toMatchObject({ status: 'allowed' }),
  )

  test.each(['10.1.2.3', '169.254.169.254', '[fd00::1]'])('sends nothing to %s', async (host) =>
    expect(await allowedAddresses(host, 'public-or-loopback')).toMatchObject({ status: 'refused' }),
  )
})

test('names of this machine are told from others, in every way of writing an address', () => {
  const hostOf = (url: string) => new URL(url).hostname
  for (const url of ['http://localhost/', 'http://127.1/', 'http://2130706433/', 'http://0x7f.0.0.1/', 'http://[::1]/'])
    expect([url, isLoopbackName(hostOf(url))]).toEqual([url, true])
  for (const url of ['http://localhost.example/', 'http://10.0.0.1/', 'http://[::2]/'])
    expect([url, isLoopbackName(hostOf(url))]).toEqual([url, false])
})

test('plain http is for this machine alone', () => {
  expect(acceptTarget('https://hooks.example/x', 'public')).toEqual({ status: 'accepted', url: 'https://hooks.example/x' })
  expect(acceptTarget('http://hooks.example/x', 'public-or-loopback')).toMatchObject({ status: 'refused' })
  expect(acceptTarget('http://127.0.0.1:9/x', 'public')).toMatchObject({ status: 'refused' })
  expect(acceptTarget('http://127.0.0.1:9/x', 'public-or-loopback')).toMatchObject({ status: 'accepted' })
})
