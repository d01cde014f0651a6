import { createHmac, createSecretKey, hkdfSync, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Link, openSessionStore, type Session, type SessionStore } from './session-store.ts'

const EIGHT = '2026-03-03T08:00:00.000Z'
const NINE = '2026-03-03T09:00:00.000Z'
const TEN = '2026-03-03T10:00:00.000Z'
const ELEVEN = '2026-03-03T11:00:00.000Z'
const masterKey = createSecretKey(randomBytes(32))
const at = (now: string, seenAfter = '2026-03-03T00:00:00.000Z') => ({ now, seenAfter })
const firstPage = { after: null, limit: 10 }

let folder: string
let file: string
let sessions: SessionStore

const session = (changes: Partial<Session> = {}): Session => ({
  id: 'ses_1',
  workspace: 'ws_1',
  person: 'per_1',
  startedAt: EIGHT,
  lastSeenAt: EIGHT,
  expiresAt: TEN,
  client: 'Firefox',
  ...changes,
})

const link = (changes: Partial<Link> = {}): Link => ({
  id: 'l1',
  purpose: 'sign-in',
  workspace: 'ws_1',
  person: 'per_1',
  expiresAt: TEN,
  sent: false,
  ...changes,
})

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'annal-sessions-'))
  file = join(folder, 'sessions.db')
  sessions = openSessionStore(file, masterKey)
})

afterEach(() => {
  sessions.close()
  rmSync(folder, { recursive: true })
})

test('a session is found by its token until it ends, also after a restart', () => {
  sessions.putSession('token', session())
  expect(sessions.session('token', at(NINE))).toEqual(session())
  expect(sessions.session('other', at(NINE))).toBeNull()
  sessions.close()
  sessions = openSessionStore(file, masterKey)
  expect(sessions.session('token', at(NINE))).toEqual(session())
  sessions.deleteSession('token')
  expect(sessions.session('token', at(NINE))).toBeNull()
})

test('a session is gone from the instant on at which it expires', () => {
  sessions.putSession('token', session())
  expect(sessions.session('token', at('2026-03-03T09:59:59.999Z'))).not.toBeNull()
  expect(sessions.session('token', at(TEN))).toBeNull()
  expect(sessions.sessionById('ses_1', at(TEN))).toBeNull()
})

test('a session that was not seen for too long is gone too', () => {
  sessions.putSession('token', session())
  expect(sessions.session('token', at(NINE, EIGHT))).toBeNull()
  sessions.seen('ses_1', '2026-03-03T08:30:00.000Z')
  expect(sessions.session('token', at(NINE, EIGHT))).toMatchObject({ lastSeenAt: '2026-03-03T08:30:00.000Z' })
})

test('a person’s sessions are listed newest first, page by page, and each can be ended by its id', () => {
  for (const [i, startedAt] of [EIGHT, NINE, NINE].entries())
    sessions.putSession(`t${i}`, session({ id: `ses_${i}`, startedAt, expiresAt: ELEVEN }))
  sessions.putSession('other', session({ id: 'ses_9', person: 'per_2', expiresAt: ELEVEN }))
  const ids = (page: typeof firstPage | { after: { at: string; id: string }; limit: number }) =>
    sessions.sessionsOf({ person: 'per_1', workspace: null }, at(TEN), page).map(({ id }) => id)
  expect(ids(firstPage)).toEqual(['ses_2', 'ses_1', 'ses_0'])
  expect(ids({ after: { at: NINE, id: 'ses_2' }, limit: 1 })).toEqual(['ses_1'])
  expect(ids({ after: { at: NINE, id: 'ses_1' }, limit: 5 })).toEqual(['ses_0'])
  expect(sessions.sessionsOf({ person: 'per_1', workspace: 'ws_2' }, at(TEN), firstPage)).toEqual([])
  sessions.deleteSessionById('ses_2')
  expect(ids(firstPage)).toEqual(['ses_1', 'ses_0'])
})

test('a person is signed out everywhere at once', () => {
  sessions.putSession('a', session({ id: 'ses_a' }))
  sessions.putSession('b', session({ id: 'ses_b' }))
  sessions.putSession('c', session({ id: 'ses_c', person: 'per_2' }))
  sessions.putLink('d', link())
  sessions.putAddress({ workspace: 'ws_1', person: 'per_1' }, 'a@b.example')
  sessions.deletePerson('per_1')
  expect(['a', 'b', 'c'].map((token) => sessions.session(token, at(NINE))?.person ?? null)).toEqual([null, null, 'per_2'])
  expect(sessions.redeem('d', NINE)).toEqual({ status: 'refused', because: 'unknown', link: null })
  expect(sessions.personsAt('a@b.example')).toEqual([])
})

test('a link works once, and not when it has expired; who comes late is told apart from who guesses', () => {
  sessions.putLink('once', link())
  expect(sessions.redeem('once', NINE)).toEqual({ status: 'redeemed', link: link() })
  expect(sessions.redeem('once', NINE)).toEqual({ status: 'refused', because: 'used', link: link() })
  sessions.unredeem('once')
  expect(sessions.redeem('once', NINE)).toMatchObject({ status: 'redeemed' })
  sessions.putLink('late', link({ id: 'l2' }))
  expect(sessions.redeem('late', TEN)).toMatchObject({ status: 'refused', because: 'expired', link: { person: 'per_1' } })
  expect(sessions.redeem('late', NINE)).toMatchObject({ status: 'redeemed' })
  expect(sessions.redeem('unknown', NINE)).toMatchObject({ because: 'unknown' })
})

test('invitations are listed while they are good, page by page', () => {
  sessions.putLink('a', link({ id: 'i1', purpose: 'invitation' }))
  sessions.putLink('b', link({ id: 'i2', purpose: 'invitation', expiresAt: ELEVEN, sent: true }))
  sessions.putLink('c', link({ id: 'i3', purpose: 'invitation', workspace: 'ws_2' }))
  sessions.putLink('d', link({ id: 'l4' }))
  const ids = (now: string, page = firstPage) => sessions.invitations('ws_1', now, page).map(({ id }) => id)
  expect(ids(NINE)).toEqual(['i2', 'i1'])
  expect(sessions.invitations('ws_1', NINE, { after: { at: ELEVEN, id: 'i2' }, limit: 5 }).map(({ id }) => id)).toEqual(['i1'])
  expect(ids(TEN)).toEqual(['i2'])
  expect(sessions.invitation('ws_1', 'i1', NINE)).toMatchObject({ sent: false })
  sessions.markSent('i1')
  expect(sessions.invitation('ws_1', 'i1', NINE)).toMatchObject({ sent: true })
  expect(sessions.invitation('ws_2', 'i1', NINE)).toBeNull()
  sessions.redeem('b', NINE)
  expect(ids(NINE)).toEqual(['i1'])
  sessions.deleteLinks('per_1')
  expect(ids(NINE)).toEqual([])
  expect(sessions.redeem('a', NINE)).toMatchObject({ because: 'unknown' })
  expect(sessions.redeem('b', NINE)).toMatchObject({ because: 'used' })
})

test('an address leads to its people, the newest of a person only', () => {
  const one = { workspace: 'ws_1', person: 'per_1' }
  const two = { workspace: 'ws_2', person: 'per_2' }
  sessions.putAddress(one, 'a@b.example')
  sessions.putAddress(two, 'a@b.example')
  expect(sessions.personsAt('a@b.example')).toEqual([one, two])
  sessions.putAddress(one, 'c@b.example')
  expect(sessions.personsAt('a@b.example')).toEqual([two])
  sessions.deleteAddress(two)
  expect(sessions.personsAt('a@b.example')).toEqual([])
})

test('what has expired can be swept', () => {
  sessions.putSession('old', session({ id: 'ses_old' }))
  sessions.putSession('new', session({ id: 'ses_new', expiresAt: ELEVEN }))
  sessions.putLink('link', link())
  sessions.deleteExpired(TEN)
  expect(sessions.session('old', at(NINE))).toBeNull()
  expect(sessions.session('new', at(NINE))).not.toBeNull()
  expect(sessions.redeem('link', TEN)).toMatchObject({ because: 'expired' })
  sessions.deleteExpired('2026-03-10T10:00:00.000Z')
  expect(sessions.redeem('link', TEN)).toMatchObject({ because: 'unknown' })
})

test('tokens and addresses stand nowhere, and the file is for its owner alone', () => {
  sessions.putSession('a-token-that-nobody-else-may-know', session())
  sessions.putAddress({ workspace: 'ws_1', person: 'per_1' }, 'lucja.nowak@bank.example')
  const raw = Buffer.concat([file, `${file}-wal`].map((name) => readFileSync(name)))
  expect(raw.includes('a-token-that-nobody')).toBe(false)
  expect(raw.includes('lucja')).toBe(false)
  expect(raw.includes('per_1')).toBe(true)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('of an erased address nothing is left in the file and its log', () => {
  sessions.putAddress({ workspace: 'ws_1', person: 'per_1' }, 'anna@bank.example')
  sessions.putAddress({ workspace: 'ws_1', person: 'per_2' }, 'ben@bank.example')
  const written = () => [file, `${file}-wal`].some((name) => readFileSync(name).includes(macOf('anna@bank.example')))
  expect(written()).toBe(true)
  expect(sessions.personsWithAddress('ws_1')).toEqual(['per_1', 'per_2'])
  sessions.eraseAddress({ workspace: 'ws_1', person: 'per_1' })
  sessions.eraseAddress({ workspace: 'ws_1', person: 'per_1' })
  expect(written()).toBe(false)
  expect(sessions.personsWithAddress('ws_1')).toEqual(['per_2'])
  expect(sessions.personsAt('ben@bank.example')).toHaveLength(1)
})

function macOf(address: string): Buffer {
  return createHmac('sha256', Buffer.from(hkdfSync('sha256', masterKey, '', 'annal/address/v1', 32)))
    .update(address)
    .digest()
}
