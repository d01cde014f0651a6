import { createHmac, hkdfSync, randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadMasterKey } from '@annal/ledger'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TestServer } from '../testing/test-server.ts'

const INVITE = `mutation ($input: InvitePersonInput!) { invitePerson(input: $input) { ... on Invited { link invitation { person } } } }`
const SUBJECT = 'query ($reference: String!) { dataSubject(reference: $reference) { id } }'
const ERASE = 'mutation ($input: EraseSubjectInput!) { eraseSubject(input: $input) { __typename ... on Erasure { status } } }'

let server: TestServer
let administrator: string

beforeAll(async () => {
  server = await TestServer.start()
  ;({ cookie: administrator } = await server.signIn())
})
afterAll(() => server.stop())

/** Whether anything of an address stands in any file of the folder that sign-in needs. */
function stands(email: string): boolean {
  const key = Buffer.from(hkdfSync('sha256', loadMasterKey(join(server.folder, 'master.key')), '', 'annal/address/v1', 32))
  const mac = createHmac('sha256', key).update(email).digest()
  return ['sessions.db', 'sessions.db-wal', 'search.db', 'search.db-wal', 'views.db', 'views.db-wal']
    .map((file) => join(server.folder, file))
    .filter(existsSync)
    .some((file) => [mac, email].some((trace) => readFileSync(file).includes(trace)))
}

async function joined(email: string): Promise<string> {
  const input = { email, name: 'Erika Vogt', role: 'AUDITOR' }
  const { invitePerson } = await server.ask<{ invitePerson: { link: string; invitation: { person: string } } }>(administrator, INVITE, {
    input,
  })
  await server.open(invitePerson.link)
  return invitePerson.invitation.person
}

async function erase(person: string): Promise<void> {
  const { dataSubject } = await server.ask<{ dataSubject: { id: string } }>(administrator, SUBJECT, { reference: `annal:person:${person}` })
  const input = { id: randomUUID(), subject: dataSubject.id, ground: 'request' }
  expect(await server.ask(administrator, ERASE, { input })).toMatchObject({ eraseSubject: { status: 'ERASED' } })
}

test('of the address of a person who was erased nothing is left, and others keep theirs', async () => {
  const [gone, other] = ['erika.vogt@bank.example', 'otto.brandt@bank.example']
  const person = await joined(gone)
  await joined(other)
  expect([stands(gone), stands(other)]).toEqual([true, true])
  await erase(person)
  expect([stands(gone), stands(other)]).toEqual([false, true])
  await server.restart()
  expect([stands(gone), stands(other)]).toEqual([false, true])
})
